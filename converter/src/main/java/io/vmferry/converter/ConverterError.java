package io.vmferry.converter;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures in choosing a format. */
public enum ConverterError implements ErrorCode {
    /** There is no disk format of that name to read. */
    FORMAT_NOT_READABLE(ErrorCategory.CONFIG),
    /** There is no disk format of that name to write. */
    FORMAT_NOT_WRITABLE(ErrorCategory.CONFIG),
    /** This container must be read forwards and backwards, so it cannot be taken from a stream. */
    FORMAT_NOT_STREAMABLE(ErrorCategory.INPUT);

    private final ErrorCategory category;

    ConverterError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
