package io.vmferry.vmware.vsphere.disk;

import java.time.Duration;

/**
 * How long to bear with a server.
 *
 * @param stall silence on a connection after which it counts as dead
 * @param first time for the first look at a file, with all attempts: somebody waits for it
 * @param total time within which one piece of a file must be there, with all attempts
 * @param pause before the second attempt; doubled for each further one, up to {@code longestPause}
 */
public record Patience(Duration stall, Duration first, Duration total, Duration pause, Duration longestPause) {
    /** Outlives the restart of a host's agents. */
    public static final Patience TRANSFER = new Patience(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(15));

    /** Where another way is open if this one is not. */
    private static final Duration TRIAL = Duration.ofSeconds(3);

    Patience forATrial() {
        return new Patience(stall, first.compareTo(TRIAL) < 0 ? first : TRIAL, total, pause, longestPause);
    }

    /** @param failures so far, at least 1 */
    Duration pauseAfter(int failures) {
        Duration grown = pause.multipliedBy(1L << Math.min(failures - 1, 16));
        return grown.compareTo(longestPause) > 0 ? longestPause : grown;
    }
}
