package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of reading a disk from vSphere. */
public enum TransferError implements ErrorCode {
    /** The datastore has no such file. */
    DATASTORE_FILE_MISSING(ErrorCategory.SOURCE, false),
    /** The server cannot open the file: a running VM holds it, or another host does. */
    DATASTORE_FILE_LOCKED(ErrorCategory.SOURCE, false),
    /** The server does not let this user read the file. */
    DATASTORE_FORBIDDEN(ErrorCategory.SOURCE, false),
    /** The session or ticket that allowed reading is over. */
    DATASTORE_SESSION_OVER(ErrorCategory.SOURCE, true),
    /** The server is too busy to answer. */
    DATASTORE_BUSY(ErrorCategory.SOURCE, true),
    /** The answer is not what HTTP says it should be: no range, another range, a web page. */
    DATASTORE_ANSWER_WRONG(ErrorCategory.SOURCE, false),
    /** The file changed while it was being read. */
    DATASTORE_FILE_CHANGED(ErrorCategory.SOURCE, false),
    /** A disk's place is not written as {@code [datastore] folder/file.vmdk}. */
    DATASTORE_PATH_INVALID(ErrorCategory.SOURCE, false),
    /** vSphere does not export this disk. */
    EXPORT_REFUSED(ErrorCategory.SOURCE, false),
    /** The export lease ended before the disk did. */
    EXPORT_LEASE_LOST(ErrorCategory.SOURCE, true),
    /** The export stopped in the middle of the disk. */
    EXPORT_TRUNCATED(ErrorCategory.SOURCE, true),
    /** No way leads to the bytes of this disk. */
    DISK_NOT_READABLE(ErrorCategory.SOURCE, false);

    private final ErrorCategory category;
    private final boolean retryable;

    TransferError(ErrorCategory category, boolean retryable) {
        this.category = category;
        this.retryable = retryable;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
