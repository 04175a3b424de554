package io.vmferry.spi.plan;

import java.util.Collection;

/** What a plan says of a VM as a whole. */
public enum Verdict {
    READY,
    /** Can go, but a person should read the warnings. */
    READY_WITH_WARNINGS,
    BLOCKED;

    public static Verdict of(Collection<Finding> findings) {
        boolean warned = false;
        for (Finding finding : findings) {
            if (finding.severity() == Severity.BLOCKER) {
                return BLOCKED;
            }
            warned |= finding.severity() == Severity.WARNING;
        }
        return warned ? READY_WITH_WARNINGS : READY;
    }
}
