package io.vmferry.converter.codec;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of a single compressed block, or of a compression library. */
public enum CodecError implements ErrorCode {
    /** A compressed block is broken, cut short, or does not match its own checksum. */
    BLOCK_CORRUPT(ErrorCategory.INPUT),
    /** A compressed block holds more or less content than the image says. */
    BLOCK_WRONG_SIZE(ErrorCategory.INPUT),
    /** The library for this kind of compression cannot be loaded on this machine. */
    CODEC_UNAVAILABLE(ErrorCategory.CONFIG);

    private final ErrorCategory category;

    CodecError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
