package io.vmferry.converter.stream;

import io.vmferry.spi.target.DiskSink;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts pieces that are made side by side into the order of their numbers. Whoever brings the next one sends it, and all that
 * wait behind it; a piece that comes too early is left here, unless too much is waiting already: then its bringer waits too. The
 * next one is never made to wait, so as long as every number is brought by somebody, or {@link #end} is called, all goes on.
 */
final class InOrder {
    private static final long MOST_WAITING = 16 << 20;

    private final DiskSink.Upload upload;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    // All of the following is guarded by the lock.
    private final Map<Long, Piece> early = new HashMap<>();
    private final Queue<Piece> free = new ArrayDeque<>();
    private long next;
    private long waiting;
    private long sent;
    private boolean ended;
    private @Nullable Throwable failure;

    InOrder(DiskSink.Upload upload) {
        this.upload = upload;
    }

    /** An empty piece to fill. */
    Piece piece() {
        lock.lock();
        try {
            Piece piece = free.poll();
            return piece == null ? new Piece() : piece;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the piece of that number. It was sent on return, or is sent by somebody else later. */
    void bring(long number, Piece piece) {
        if (isLeft(number, piece)) {
            return;
        }
        // Nobody else has the next number, so nobody else sends.
        for (@Nullable Piece now = piece; now != null; now = sent(now)) {
            long bytes = now.send(upload);
            lock.lock();
            try {
                sent += bytes;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Leaves a piece that is too early for the one who brings those before it. */
    private boolean isLeft(long number, Piece piece) {
        lock.lock();
        try {
            requireAlive();
            while (number != next && waiting + piece.held() > MOST_WAITING) {
                moved.awaitUninterruptibly();
                requireAlive();
            }
            if (number == next) {
                return false;
            }
            early.put(number, piece);
            waiting += piece.held();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes note that a piece was sent, and gives the one behind it if it is here. */
    private @Nullable Piece sent(Piece piece) {
        lock.lock();
        try {
            requireAlive();
            free.add(piece);
            next++;
            Piece following = early.remove(next);
            waiting -= following == null ? 0 : following.held();
            moved.signalAll();
            return following;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes sent so far. */
    long sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /** Pieces sent so far. */
    long next() {
        lock.lock();
        try {
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody go who waits; nothing is sent any more. */
    void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            ended = true;
            if (failure == null) {
                failure = cause;
            }
            early.clear();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Who waited for a piece that failed fails for the same reason. */
    private void requireAlive() {
        Throwable cause = failure;
        if (cause instanceof RuntimeException known) {
            throw known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (ended) {
            throw new IllegalStateException("the stream is closed");
        }
    }
}
