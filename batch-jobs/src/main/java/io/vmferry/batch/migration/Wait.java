package io.vmferry.batch.migration;

import io.vmferry.batch.live.LiveBoard;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits for something that others do, by asking again and again: with a deadline, and with the reason shown meanwhile.
 *
 * @param every how often to ask
 */
record Wait(StopSignal stop, LiveBoard live, Duration every) {
    private static final Duration REMIND = Duration.ofSeconds(30);

    /**
     * @param what shown while waiting: {@code web01: waiting for the guest to shut down}
     * @return false when the deadline passed first
     * @throws StopRequested when the process is to stop
     */
    boolean until(BooleanSupplier done, Duration atMost, String what) {
        long start = System.nanoTime();
        long reminded = start;
        live.say(what + " (at most " + words(atMost) + ")");
        while (!done.getAsBoolean()) {
            long now = System.nanoTime();
            if (stop.requested()) {
                throw new StopRequested(what);
            }
            if (now - start >= atMost.toNanos()) {
                return false;
            }
            if (now - reminded >= REMIND.toNanos()) {
                reminded = now;
                live.say(what + " (" + words(Duration.ofNanos(now - start)) + " of " + words(atMost) + ")");
            }
            try {
                Thread.sleep(Math.max(1, Math.min(every.toMillis(), (atMost.toNanos() - (now - start)) / 1_000_000)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StopRequested(what);
            }
        }
        return true;
    }

    private static String words(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
