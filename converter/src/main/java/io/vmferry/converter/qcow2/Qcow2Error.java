package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** What can be wrong with a qcow2 image. */
public enum Qcow2Error implements ErrorCode {
    /** The header contradicts itself or the format's limits. */
    QCOW2_HEADER_INVALID(ErrorCategory.INPUT),
    /** The image needs something that is not read here: encryption, an external data file, a feature of later versions. */
    QCOW2_FEATURE_UNSUPPORTED(ErrorCategory.INPUT),
    /** A backing file cannot be used: its format is not stated or not read here, it is no file, or the chain never ends. */
    QCOW2_BACKING_INVALID(ErrorCategory.INPUT),
    /** QEMU has marked the image as corrupt. */
    QCOW2_MARKED_CORRUPT(ErrorCategory.INPUT),
    /** A table or a cluster lies behind the end of the file. */
    QCOW2_TRUNCATED(ErrorCategory.INPUT),
    /** An entry of an L1 or L2 table makes no sense. */
    QCOW2_TABLE_INVALID(ErrorCategory.INPUT),
    /** The disk is larger than a qcow2 image with 64 KiB clusters can be. */
    QCOW2_DISK_TOO_LARGE(ErrorCategory.INPUT),
    /** What an interrupted copy left does not fit its checkpoint. */
    QCOW2_CHECKPOINT_INVALID(ErrorCategory.STORAGE);

    private final ErrorCategory category;

    Qcow2Error(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
