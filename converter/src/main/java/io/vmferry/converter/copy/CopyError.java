package io.vmferry.converter.copy;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of the copy engine itself. */
public enum CopyError implements ErrorCode {
    /** The stored position of an interrupted copy cannot be read or belongs to another disk; copy it anew. */
    COPY_CHECKPOINT_INVALID(ErrorCategory.STORAGE),
    /** A stream told extents with gaps, in disorder, or with compressed blocks of impossible size. */
    STREAM_DISORDER(ErrorCategory.INPUT);

    private final ErrorCategory category;

    CopyError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
