package io.vmferry.converter.digest;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures around the content digest. */
public enum DigestError implements ErrorCode {
    /** The notes of an interrupted copy are shorter or other than its checkpoint says; the disk is copied anew. */
    DIGEST_LOG_DAMAGED(ErrorCategory.STORAGE);

    private final ErrorCategory category;

    DigestError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
