package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Reads ranges of a file and bears with connections that fail, stall or die: each attempt goes on at the first byte that is
 * missing, so nothing that arrived is asked for again. Safe for many threads.
 */
final class RangeReader {
    private static final int STEP = 64 << 10;
    /** At the first look a lock is most likely to stay, and more attempts only delay the message; later it is a hiccup. */
    private static final int LOCKED_ATTEMPTS = 5;

    private final WebFile file;
    private final FileStamp stamp;
    private final BooleanSupplier closed;

    /**
     * @param stamp that every answer must have
     * @param closed looked at between steps
     */
    RangeReader(WebFile file, FileStamp stamp, BooleanSupplier closed) {
        this.file = file;
        this.stamp = stamp;
        this.closed = closed;
    }

    /** The first look at a file: how long it is, and its first bytes up to the target's limit. */
    static FileStamp begin(WebFile file, ByteBuffer head) {
        return new Attempts(file.patience(), file.patience().first(), file.name(), LOCKED_ATTEMPTS).untilDone(() -> {
            head.clear();
            try (WebFile.Body body = file.get(0, head.capacity(), true)) {
                copy(body, head, () -> false);
                return body.stamp();
            }
        });
    }

    /** Fills the target up to its limit. All of it must lie inside the file. */
    void fill(long offset, ByteBuffer target) {
        int start = target.position();
        new Attempts(file.patience(), file.patience().total(), file.name() + " at offset " + offset, Integer.MAX_VALUE)
                .untilDone(() -> {
                    requireOpen(closed);
                    long from = offset + target.position() - start;
                    try (WebFile.Body body = file.get(from, from + target.remaining(), false)) {
                        stamp.requireSame(body.stamp(), file.name());
                        copy(body, target, closed);
                    }
                    return stamp;
                });
    }

    private static void copy(WebFile.Body body, ByteBuffer target, BooleanSupplier closed) {
        byte[] step = new byte[Math.min(STEP, Math.max(1, target.remaining()))];
        for (int n = body.read(step); n > 0; n = body.read(step)) {
            requireOpen(closed);
            target.put(step, 0, n);
        }
    }

    private static void requireOpen(BooleanSupplier closed) {
        if (closed.getAsBoolean()) {
            throw new VmferryException(
                    CommonError.CANCELLED, "a disk", "it was closed while it was read", "Run the same command again.");
        }
    }

    /** The attempts at one thing. */
    private record Attempts(Patience patience, Duration total, String what, int lockedAttempts) {
        private interface Attempt {
            FileStamp run();
        }

        FileStamp untilDone(Attempt attempt) {
            long deadline = System.nanoTime() + total.toNanos();
            int locked = 0;
            for (int failures = 1; ; failures++) {
                try {
                    return attempt.run();
                } catch (VmferryException e) {
                    boolean lock = e.code() == TransferError.DATASTORE_FILE_LOCKED && ++locked < lockedAttempts;
                    if (!lock && !e.code().retryable()) {
                        throw e;
                    }
                    Duration pause = patience.pauseAfter(failures);
                    if (System.nanoTime() + pause.toNanos() - deadline > 0) {
                        throw gaveUp(e, failures);
                    }
                    sleep(pause);
                }
            }
        }

        private VmferryException gaveUp(VmferryException last, int failures) {
            return new VmferryException(
                    last.code(),
                    what,
                    "after " + failures + " attempts in " + total.toSeconds() + " s: " + last.subject() + ": "
                            + last.reason(),
                    last.remedy(),
                    last);
        }

        /** Between half and the whole of it, so that eight connections that died together do not come back together. */
        private void sleep(Duration pause) {
            long millis = Math.max(1, pause.toMillis());
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new VmferryException(
                        CommonError.CANCELLED, what, "somebody asked to stop", "Run the same command again.", e);
            }
        }
    }
}
