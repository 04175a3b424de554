package io.vmferry.spi.plan;

/** Weight of a finding, heaviest first. */
public enum Severity {
    /** The VM is not migrated until it is resolved. */
    BLOCKER,
    /** Something will be different or lost; a person should have seen it. */
    WARNING,
    /** Worth knowing. */
    INFO
}
