package io.vmferry.batch;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of jobs, store and command line. */
public enum BatchError implements ErrorCode {
    /** A run refers to a source that the migration file does not have. */
    SOURCE_UNKNOWN(ErrorCategory.CONFIG),
    /** A migration file names a type of source or target that no connector has. */
    TYPE_UNKNOWN(ErrorCategory.CONFIG),
    /** A VM that was selected, or named by a flag, does not exist. */
    VM_UNKNOWN(ErrorCategory.INPUT),
    /** The source changed between planning and now. */
    SOURCE_DRIFTED(ErrorCategory.SOURCE),
    /** The VM runs at its source, and nothing allows to change that. */
    SOURCE_RUNNING(ErrorCategory.SOURCE),
    /** The VM did not shut down in time. */
    SOURCE_STILL_RUNNING(ErrorCategory.SOURCE),
    /** A saved inventory knows VMs, but cannot read their disks. */
    SOURCE_OFFLINE(ErrorCategory.SOURCE),
    /** A file is not an inventory, or one of another version. */
    INVENTORY_UNREADABLE(ErrorCategory.INPUT),
    /** What was read back from the target differs from what was read at the source. */
    PROOF_FAILED(ErrorCategory.TARGET),
    /** Another vmferry process has the store open. */
    STORE_IN_USE(ErrorCategory.STORAGE),
    /** The store cannot be opened or is of a newer version. */
    STORE_UNUSABLE(ErrorCategory.STORAGE),
    /** There is no such run in the store. */
    RUN_UNKNOWN(ErrorCategory.INPUT),
    /** A command was called in a way that makes no sense. */
    BAD_USAGE(ErrorCategory.CONFIG),
    /** The plan differs from the one that was approved. */
    PLAN_CHANGED(ErrorCategory.CONFIG);

    private final ErrorCategory category;

    BatchError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
