package io.vmferry.converter;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the first byte in which two disks differ, in any two formats. Where both say that there are zeros nothing is read.
 * Several threads take windows of 1 MiB in turn; a difference or a failure ends the search behind it, and the one in front counts,
 * so that the outcome does not depend on timing.
 */
public final class ImageCompare {
    private static final int WINDOW = 1 << 20;
    private static final int SHOWN = 16;
    private static final byte[] ZEROS = new byte[64 << 10];

    private final DiskImage first;
    private final DiskImage second;
    private final long end;

    // All of the following is guarded by this.
    private long position;
    private boolean interrupted;
    /** Where the search ends: the earliest difference or failure known. */
    private long limit;

    private @Nullable Throwable failure;

    private ImageCompare(DiskImage first, DiskImage second) {
        this.first = first;
        this.second = second;
        this.end = Math.max(first.virtualSize(), second.virtualSize());
        this.limit = end;
    }

    /**
     * Compares all of both disks with up to that many threads. The images stay the caller's.
     *
     * @throws VmferryException the first failure to read either of them, unless they differ before it
     */
    public static Comparison compare(DiskImage first, DiskImage second, int threads) {
        int useful = Math.max(1, Math.min(threads, Math.min(first.readers(), second.readers())));
        return new ImageCompare(first, second).run(useful);
    }

    private Comparison run(int threads) {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::work, "compare-" + i);
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
        await(workers);
        synchronized (this) {
            Throwable met = failure;
            if (met instanceof VmferryException known) {
                throw known;
            }
            if (met instanceof Error error) {
                throw error;
            }
            if (met != null) {
                throw new IllegalStateException(met);
            }
            Comparison.Difference difference =
                    limit == end ? null : new Comparison.Difference(limit, shown(first, limit), shown(second, limit));
            return new Comparison(first.virtualSize(), second.virtualSize(), difference);
        }
    }

    private void await(List<Thread> workers) {
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            synchronized (this) {
                interrupted = true;
            }
            boolean again = false;
            for (Thread worker : workers) {
                again |= joined(worker);
            }
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED,
                    first.facts().format() + " and " + second.facts().format() + " image",
                    again ? "the comparison was interrupted again" : "the comparison was interrupted",
                    "Run the command again.",
                    e);
        }
    }

    /** Waits for a worker that ends after its window; the images must not be closed under its hands. */
    private static boolean joined(Thread worker) {
        boolean again = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                again = true;
            }
        }
        return again;
    }

    private void work() {
        long at = 0;
        try {
            ByteBuffer one = ByteBuffer.allocateDirect(WINDOW);
            ByteBuffer other = ByteBuffer.allocateDirect(WINDOW);
            for (at = claim(); at >= 0; at = claim()) {
                int size = (int) Math.min(WINDOW - at % WINDOW, end - at);
                read(first, at, one.clear().limit(size));
                read(second, at, other.clear().limit(size));
                int differs = one.flip().mismatch(other.flip());
                if (differs >= 0) {
                    found(at + differs, null);
                }
            }
        } catch (Throwable e) {
            found(at, e);
        }
    }

    /** The next offset to compare from, up to the next multiple of the window; -1 when all is done. */
    private synchronized long claim() {
        while (position < limit && !interrupted) {
            long at = position;
            long zeros;
            try {
                zeros = Math.min(zerosUntil(first, at), zerosUntil(second, at));
            } catch (RuntimeException e) {
                found(at, e);
                return -1;
            }
            position = zeros > at ? zeros : Math.min(end, at - at % WINDOW + WINDOW);
            if (zeros == at) {
                return at;
            }
        }
        return -1;
    }

    /** End of the zeros that the disk tells of from there on; the offset itself when there may be something else. */
    private long zerosUntil(DiskImage image, long at) {
        if (at >= image.virtualSize()) {
            return end;
        }
        Extent extent = image.extentAt(at);
        return extent.kind().readsAsZero() ? extent.end() : at;
    }

    private synchronized void found(long at, @Nullable Throwable cause) {
        if (at < limit) {
            limit = at;
            failure = cause;
        }
    }

    private static void read(DiskImage image, long at, ByteBuffer target) {
        int wanted = target.limit();
        int there = (int) Math.max(0, Math.min(wanted, image.virtualSize() - at));
        if (there > 0) {
            image.read(at, target.limit(there));
        }
        target.limit(wanted).position(there);
        while (target.hasRemaining()) {
            target.put(ZEROS, 0, Math.min(ZEROS.length, target.remaining()));
        }
    }

    private static String shown(DiskImage image, long at) {
        int size = (int) Math.max(0, Math.min(SHOWN, image.virtualSize() - at));
        if (size == 0) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        image.read(at, bytes);
        return HexFormat.of().formatHex(bytes.array());
    }
}
