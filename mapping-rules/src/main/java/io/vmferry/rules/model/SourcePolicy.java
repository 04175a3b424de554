package io.vmferry.rules.model;

import java.time.Duration;

/**
 * What may be done at the source so that a disk holds still while it is read. Nothing, unless it is asked for.
 *
 * @param shutdownTimeout how long a guest may take to shut down
 * @param disconnectNics unplug the VM's cards once its copy is complete, so that two machines never answer for one address
 * @param restoreOnFailure when a VM fails, undo at the source what was done for it: start it again, remove our snapshot. If
 *     not, it stays as it is, and the next run goes on where this one failed
 */
public record SourcePolicy(
        Running running,
        Duration shutdownTimeout,
        WhenStuck whenStuck,
        boolean disconnectNics,
        boolean restoreOnFailure) {
    public static final SourcePolicy DEFAULT =
            new SourcePolicy(Running.REFUSE, Duration.ofMinutes(5), WhenStuck.FAIL, false, true);

    /** What to do with a VM that runs. */
    public enum Running {
        /** It is left alone, and not migrated. */
        REFUSE,
        /** Its guest is asked to shut down; the VM stays off afterwards. */
        SHUTDOWN,
        /** It goes on, and a snapshot is copied: a rehearsal, as if the power had been cut at that moment. */
        SNAPSHOT
    }

    /** What to do with a guest that does not shut down in time. */
    public enum WhenStuck {
        /** The VM fails, and goes on running. */
        FAIL,
        /** Its power is cut. */
        FORCE,
        /** It waits for a person to allow that. */
        ASK
    }
}
