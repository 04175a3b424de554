package io.vmferry.spi.error;

/** Failures that any module can meet. */
public enum CommonError implements ErrorCode {
    /** A file or folder that was named does not exist. */
    FILE_NOT_FOUND(ErrorCategory.INPUT),
    /** The operating system refuses to read it. */
    FILE_UNREADABLE(ErrorCategory.INPUT),
    /** The operating system refuses to create or write it. */
    FILE_UNWRITABLE(ErrorCategory.STORAGE),
    /** Reading failed half-way. */
    READ_FAILED(ErrorCategory.STORAGE),
    /** Writing failed half-way, for another reason than a full disk. */
    WRITE_FAILED(ErrorCategory.STORAGE),
    /** No space is left where it was written. */
    DISK_FULL(ErrorCategory.STORAGE),
    /** A name leaves the folder it must stay in: absolute, with {@code ..}, a device or a URL. */
    NAME_NOT_CONFINED(ErrorCategory.INPUT),
    /** A gzip file ends too early. */
    GZIP_TRUNCATED(ErrorCategory.INPUT),
    /** A gzip file is damaged. */
    GZIP_DAMAGED(ErrorCategory.INPUT),
    /** Somebody asked to stop. */
    CANCELLED(ErrorCategory.CANCELLED),
    /** Anything that should not happen. */
    INTERNAL(ErrorCategory.INTERNAL);

    private final ErrorCategory category;

    CommonError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
