package io.vmferry.vmware.vsphere.disk;

import java.time.Duration;

/**
 * How long to bear with a server.
 *
 * @param stall silence on a connection after which it counts as dead
 * @param total time within which one piece of a file must be there, with all attempts
 * @param pause before the second attempt; doubled for each further one, up to {@code longestPause}
 */
public record Patience(Duration stall, Duration total, Duration pause, Duration longestPause) {
    /** For bytes of a disk: outlives the restart of a host's agents. */
    public static final Patience TRANSFER =
            new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMillis(200), Duration.ofSeconds(15));

    /** For the first look at a file, which somebody waits for. */
    public Patience forTheFirstLook() {
        Duration shorter = total.dividedBy(5);
        return new Patience(stall, shorter.compareTo(stall) < 0 ? stall : shorter, pause, longestPause);
    }

    /** @param failures so far, at least 1 */
    Duration pauseAfter(int failures) {
        Duration grown = pause.multipliedBy(1L << Math.min(failures - 1, 16));
        return grown.compareTo(longestPause) > 0 ? longestPause : grown;
    }
}
