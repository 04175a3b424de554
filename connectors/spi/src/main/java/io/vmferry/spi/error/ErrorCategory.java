package io.vmferry.spi.error;

/** Whose move it is after a failure; decides the exit code of a command, never whether to retry. */
public enum ErrorCategory {
    /** A file, image or document the user gave is broken or unsupported. */
    INPUT,
    /** A migration file, rule file or flag is wrong. */
    CONFIG,
    /** The source hypervisor or its transfer refused or failed. */
    SOURCE,
    /** The target cluster or folder refused or failed. */
    TARGET,
    /** A connection failed on the way. */
    NETWORK,
    /** The local disk or the store failed. */
    STORAGE,
    /** The user or a signal asked to stop. */
    CANCELLED,
    /** A defect in vmferry itself. */
    INTERNAL
}
