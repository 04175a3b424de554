package io.vmferry.converter.container;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures in what an image is wrapped in. */
public enum ContainerError implements ErrorCode {
    /** A tar archive is damaged. */
    TAR_DAMAGED(ErrorCategory.INPUT),
    /** A tar archive ends too early. */
    TAR_TRUNCATED(ErrorCategory.INPUT),
    /** An archive has no such member, or none that is a disk image. */
    TAR_MEMBER_UNKNOWN(ErrorCategory.INPUT),
    /** An archive holds several disk images, and none was chosen. */
    TAR_MEMBER_AMBIGUOUS(ErrorCategory.CONFIG),
    /** A member of an archive is stored in a way that cannot be read in place. */
    TAR_MEMBER_UNSUPPORTED(ErrorCategory.INPUT),
    /** A zstd file is damaged. */
    ZSTD_DAMAGED(ErrorCategory.INPUT),
    /** A zstd file ends too early. */
    ZSTD_TRUNCATED(ErrorCategory.INPUT),
    /** A zstd file needs more memory to be unpacked than is reasonable. */
    ZSTD_WINDOW_TOO_LARGE(ErrorCategory.INPUT),
    /** What is compressed as a whole, or comes through a pipe, cannot be read at any offset. */
    CONTAINER_NOT_SEEKABLE(ErrorCategory.INPUT),
    /** A file is compressed in a way that is not read here. */
    CONTAINER_UNSUPPORTED(ErrorCategory.INPUT),
    /** An archive or a compressed file lies in a compressed file or a pipe, where it is not looked into. */
    CONTAINER_NESTED(ErrorCategory.INPUT);

    private final ErrorCategory category;

    ContainerError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
