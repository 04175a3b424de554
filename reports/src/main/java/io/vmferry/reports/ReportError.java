package io.vmferry.reports;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** What can go wrong with a report. */
public enum ReportError implements ErrorCode {
    /** A report's JSON is cut off, or lacks a field, or has one of another type. */
    REPORT_UNREADABLE(ErrorCategory.INPUT),
    /** A report's schema is not one that this version reads. */
    REPORT_SCHEMA_UNKNOWN(ErrorCategory.INPUT);

    private final ErrorCategory category;

    ReportError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
