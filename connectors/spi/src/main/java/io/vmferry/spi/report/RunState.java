package io.vmferry.spi.report;

/** State of a run, a VM or a disk in it. */
public enum RunState {
    PENDING,
    RUNNING,
    /** Stopped at a question to a person. */
    WAITING,
    /** Stopped on request or by a crash; the same command goes on. */
    STOPPED,
    DONE,
    /** Was done by an earlier run and is still so. */
    ADOPTED,
    FAILED,
    /** Not begun, because the plan has findings that block it. */
    BLOCKED
}
