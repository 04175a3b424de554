package io.vmferry.vmware.files.manifest;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.manifest.Manifest.Promise;
import io.vmferry.vmware.files.manifest.SeenBytes.Flight;
import io.vmferry.vmware.files.manifest.SeenBytes.Piece;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes one file in order from the pieces that readers see out of order, on a daemon thread that lives only while there is
 * something to do.
 *
 * <p>A reader is never made to hash; it copies what it read (memory to memory). When copies fill up because hashing is slower
 * than reading, readers wait <em>after</em> their read, so nothing is dropped and read twice. A gap is read here only when it
 * is sure that nobody else will: no reader is on it, and readers have gone on beyond it. Opening an image, which reads a little
 * here and there, therefore never makes the whole file be read.
 */
final class Hashing {
    /** Bytes of one file that wait to be hashed at most; eight disks at a time must fit a small heap. */
    static final long MOST_KEPT = 16L << 20;

    /** Below half of the smallest G1 region, so that copies are ordinary objects. */
    private static final int PIECE = 256 << 10;

    /** A gap that costs nothing to read: alignment, a grain marker. */
    private static final long SMALL_GAP = 64 << 10;

    /** Bytes that lie behind a small gap before it counts as one. */
    private static final long BEHIND_GAP = 2L << 20;

    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Supplier<ByteSource> opener;
    private final long size;
    private final Promise promise;
    private final MessageDigest digest;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition done = lock.newCondition();
    // All below are guarded by the lock.
    private final SeenBytes seen;
    private final List<Flight> flights = new ArrayList<>();
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private boolean running;
    private boolean finishing;
    private boolean abandoned;
    private byte @Nullable [] result;
    private @Nullable VmferryException failure;
    private long readAgain;

    /** Bytes that went into the digest. Touched by the hashing thread only; threads follow each other through the lock. */
    private long hashed;

    Hashing(Supplier<ByteSource> opener, long size, Promise promise, long mostKept) {
        this.opener = opener;
        this.size = size;
        this.promise = promise;
        this.digest = promise.digest();
        this.seen = new SeenBytes(mostKept);
    }

    /** A reader begins. */
    Flight takeOff(long start, long end) {
        Flight flight = new Flight(start, end);
        lock.lock();
        try {
            flights.add(flight);
        } finally {
            lock.unlock();
        }
        return flight;
    }

    /** A reader has read this much, perhaps nothing. Waits while there is no room, see the class. */
    void land(Flight flight, ByteBuffer bytes) {
        lock.lock();
        try {
            seen.follow(flight.start(), bytes.remaining());
            long at = flight.start();
            while (bytes.hasRemaining() && open()) {
                int length = Math.min(PIECE, bytes.remaining());
                if (seen.wants(at, at + length) && admitted(at, length)) {
                    byte[] copy = length > PIECE / 2 ? buffer() : new byte[length];
                    // Copying under the lock: 256 KiB take some 20 µs, less than passing the lock to and fro.
                    bytes.get(copy, 0, length);
                    seen.keep(new Piece(at, copy, length));
                    start();
                    arrived.signal();
                } else {
                    bytes.position(bytes.position() + length);
                }
                at += length;
            }
        } finally {
            flights.remove(flight);
            arrived.signal();
            lock.unlock();
        }
    }

    private boolean open() {
        return result == null && failure == null && !abandoned;
    }

    private boolean admitted(long at, int length) {
        while (at > seen.next() && !seen.hasRoom(length)) {
            if (seen.steady()) {
                // Left over from opening the image (its tables), ahead of everybody; cheap to read again in their turn.
                seen.dropBeyond(Math.max(at, seen.runEnd()), length);
                if (seen.hasRoom(length)) {
                    return true;
                }
            }
            if (!seen.steady() && !seen.coveredUpTo(at, flights)) {
                // Somebody looks here and there. What is nearer will be needed sooner.
                seen.dropBeyond(at, length);
                return seen.hasRoom(length);
            }
            start();
            arrived.signal();
            try {
                // Woken by the hashing thread; the timeout only guards against readers that changed their mind.
                if (!room.await(100, TimeUnit.MILLISECONDS) && !open()) {
                    return false;
                }
            } catch (InterruptedException e) {
                // Whoever stops the reader does not want it to wait; the piece is read again if it is ever needed.
                Thread.currentThread().interrupt();
                return false;
            }
            if (!open() || !seen.wants(at, at + length)) {
                return false;
            }
        }
        return true;
    }

    private byte[] buffer() {
        byte[] free = spare.poll();
        return free == null ? new byte[PIECE] : free;
    }

    private void start() {
        if (!running) {
            running = true;
            Thread thread = new Thread(this::run, "manifest " + promise.file());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        @Nullable ByteSource again = null;
        try {
            while (true) {
                Piece piece = await();
                if (piece == null) {
                    return;
                }
                if (piece.length() == 0) {
                    if (again == null) {
                        again = opener.get();
                    }
                    hashUnseen(again, piece.end());
                } else {
                    hashSeen(piece);
                }
            }
        } catch (VmferryException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new VmferryException(
                    CommonError.INTERNAL, promise.file(), "hashing it failed", "Report this as a defect.", e));
        } finally {
            if (again != null) {
                again.close();
            }
        }
    }

    /**
     * Waits for the next work: a piece that was seen; a piece of length 0 whose start is the first position behind a gap
     * that must be read; or null when there is nothing left to do for this thread.
     */
    private @Nullable Piece await() {
        lock.lock();
        try {
            long since = System.nanoTime();
            while (true) {
                if (!open()) {
                    running = false;
                    seen.clear();
                    spare.clear();
                    room.signalAll();
                    return null;
                }
                Piece piece = seen.take();
                if (piece != null) {
                    return piece;
                }
                if (seen.next() >= size) {
                    result = digest.digest();
                    done.signalAll();
                    continue;
                }
                long waited = System.nanoTime() - since;
                if (gapIsReal(waited)) {
                    long end = Math.min(size, seen.gap() == Long.MAX_VALUE ? size : seen.next() + seen.gap());
                    return new Piece(end, new byte[0], 0);
                }
                if (waited > IDLE_NANOS && flights.isEmpty() && !finishing) {
                    running = false;
                    return null;
                }
                room.signalAll();
                arrived.awaitNanos(GRACE_NANOS);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; whatever is missing is read by the next one.
            running = false;
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean gapIsReal(long waitedNanos) {
        for (Flight flight : flights) {
            if (flight.start() <= seen.next() && flight.end() > seen.next()) {
                return false;
            }
        }
        if (finishing) {
            return true;
        }
        if (!seen.steady()) {
            return false;
        }
        if (seen.gap() <= SMALL_GAP && seen.kept() >= BEHIND_GAP) {
            return true;
        }
        return waitedNanos >= GRACE_NANOS && !seen.hasRoom(PIECE);
    }

    private void hashSeen(Piece piece) {
        // take() moved next to the piece's end; what overlaps with earlier pieces is skipped here.
        int from = (int) (hashed - piece.start());
        digest.update(piece.bytes(), from, piece.length() - from);
        hashed = piece.end();
        lock.lock();
        try {
            if (piece.bytes().length == PIECE && spare.size() < 8) {
                spare.push(piece.bytes());
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Reads up to {@code end}, or until a reader brings the next bytes after all. */
    private void hashUnseen(ByteSource source, long end) {
        byte[] buffer = new byte[(int) Math.min(PIECE, end - hashed)];
        boolean go = true;
        while (go && hashed < end) {
            int n = source.read(hashed, ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - hashed)));
            if (n == 0) {
                throw new VmferryException(
                        FilesError.SOURCE_CHANGED,
                        promise.file() + " at offset " + hashed,
                        "it ends here, but had " + size + " bytes when it was opened",
                        "Make sure that nobody writes to the package, then run the same command again.");
            }
            digest.update(buffer, 0, n);
            hashed += n;
            lock.lock();
            try {
                readAgain += n;
                seen.skipTo(hashed);
                room.signalAll();
                go = open() && seen.gap() > 0 && (finishing || seen.steady());
            } finally {
                lock.unlock();
            }
        }
    }

    private void fail(VmferryException e) {
        lock.lock();
        try {
            failure = e;
            running = false;
            seen.clear();
            room.signalAll();
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void verify() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            finishing = true;
            while (open()) {
                start();
                arrived.signal();
                done.await(1, TimeUnit.SECONDS);
            }
            if (failure != null) {
                throw failure;
            }
            if (result == null) {
                throw new IllegalStateException(promise.file() + " was abandoned");
            }
            promise.check(result);
        } finally {
            finishing = false;
            lock.unlock();
        }
    }

    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            seen.clear();
            spare.clear();
            arrived.signal();
            room.signalAll();
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long readAgain() {
        lock.lock();
        try {
            return readAgain;
        } finally {
            lock.unlock();
        }
    }
}
