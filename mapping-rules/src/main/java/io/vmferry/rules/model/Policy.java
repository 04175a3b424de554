package io.vmferry.rules.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a run may do and where it asks.
 *
 * @param start start VMs when they were created
 * @param gates where a person must agree before a VM goes on
 * @param source what may be done to a VM that runs at its source
 */
public record Policy(boolean start, Profile profile, Set<Gate> gates, OnFailure onFailure, SourcePolicy source) {
    public static final Policy DEFAULT =
            new Policy(false, Profile.AUTO, Set.of(), OnFailure.CONTINUE, SourcePolicy.DEFAULT);

    public Policy {
        Set<Gate> ordered = EnumSet.noneOf(Gate.class);
        ordered.addAll(gates);
        gates = Collections.unmodifiableSet(ordered);
    }

    /** A point at which a VM waits for a person. */
    public enum Gate {
        /** Before its disks are copied. */
        TRANSFER,
        /** Before it is declared done. */
        ACCEPT
    }

    /** What one failed VM means for the others. */
    public enum OnFailure {
        CONTINUE,
        /** No further VM is begun. */
        STOP
    }
}
