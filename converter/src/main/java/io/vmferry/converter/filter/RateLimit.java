package io.vmferry.converter.filter;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A token bucket: bytes flow in at the rate, whoever takes more than there is waits until the debt is paid. Several images
 * may share one. Safe for many threads.
 */
public final class RateLimit {
    /** What may be taken at once after a rest, as time at full rate. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** No sleep is longer, so that whoever gives up is heard soon. */
    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final double bytesPerNano;
    private final LongSupplier clock;
    private final LongConsumer sleeper;
    /** When everything taken so far is paid for. */
    private long paidAt;

    private RateLimit(long bytesPerSecond, LongSupplier clock, LongConsumer sleeper) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a rate of " + bytesPerSecond + " bytes a second");
        }
        this.bytesPerNano = bytesPerSecond / 1e9;
        this.clock = clock;
        this.sleeper = sleeper;
        this.paidAt = clock.getAsLong() - BURST_NANOS;
    }

    public static RateLimit of(long bytesPerSecond) {
        return new RateLimit(bytesPerSecond, System::nanoTime, RateLimit::sleep);
    }

    /**
     * @param clock nanoseconds from any origin
     * @param sleeper lets so many nanoseconds pass
     */
    public static RateLimit of(long bytesPerSecond, LongSupplier clock, LongConsumer sleeper) {
        return new RateLimit(bytesPerSecond, clock, sleeper);
    }

    /** Takes so many bytes, and returns when the rate allows them. */
    public void take(long bytes) {
        take(bytes, () -> false);
    }

    /**
     * As {@link #take(long)}, but returns early when that is no longer wanted.
     *
     * @param givenUp asked some 20 times a second
     */
    public void take(long bytes, BooleanSupplier givenUp) {
        long wait;
        synchronized (this) {
            long now = clock.getAsLong();
            paidAt = Math.max(paidAt, now - BURST_NANOS) + (long) (bytes / bytesPerNano);
            wait = paidAt - now;
        }
        while (wait > 0 && !givenUp.getAsBoolean()) {
            sleeper.accept(Math.min(wait, PIECE_NANOS));
            wait -= PIECE_NANOS;
        }
    }

    private static void sleep(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
