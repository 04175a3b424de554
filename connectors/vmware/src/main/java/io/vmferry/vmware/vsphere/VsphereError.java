package io.vmferry.vmware.vsphere;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of the source {@code vsphere} once a connection stands. */
public enum VsphereError implements ErrorCode {
    /** A setting of the source is missing, unknown or contradicts another. */
    VSPHERE_SETTING_INVALID(ErrorCategory.CONFIG),
    /** User or password is wrong, or the account may not log in. */
    VSPHERE_LOGIN_REFUSED(ErrorCategory.CONFIG),
    /** The server ended the session, and a new one ended as well. */
    VSPHERE_SESSION_LOST(ErrorCategory.SOURCE, true),
    /** The account lacks a privilege. */
    VSPHERE_NO_PERMISSION(ErrorCategory.SOURCE),
    /** What answers is no vSphere SDK: a web page, a proxy, another service. */
    VSPHERE_NOT_SDK(ErrorCategory.CONFIG),
    /** The server is overloaded, starting or shutting down. */
    VSPHERE_BUSY(ErrorCategory.SOURCE, true),
    /** An answer of the server ends early or is damaged. */
    VSPHERE_ANSWER_CUT(ErrorCategory.NETWORK, true),
    /** An answer of the server is larger or deeper than any that makes sense, or holds what is never read. */
    VSPHERE_ANSWER_REFUSED(ErrorCategory.SOURCE),
    /** The server does not know this call in the version it runs. */
    VSPHERE_NOT_SUPPORTED(ErrorCategory.SOURCE),
    /** The server refuses a call for a reason of its own. */
    VSPHERE_CALL_REFUSED(ErrorCategory.SOURCE),
    /** The VM or object is no longer in the inventory. */
    VSPHERE_OBJECT_GONE(ErrorCategory.SOURCE),
    /** The VM has no configuration that can be read: orphaned, inaccessible or still being made. */
    VSPHERE_VM_INCOMPLETE(ErrorCategory.SOURCE),
    /** The VM is not in this source. */
    VSPHERE_VM_UNKNOWN(ErrorCategory.INPUT),
    /** The VM has no such disk. */
    VSPHERE_DISK_UNKNOWN(ErrorCategory.INPUT),
    /** The VM's power state does not allow it. */
    VSPHERE_POWER_STATE(ErrorCategory.SOURCE),
    /** The guest runs no VMware Tools, so it cannot be asked. */
    VSPHERE_TOOLS_MISSING(ErrorCategory.SOURCE),
    /** Another task is working on the VM. */
    VSPHERE_TASK_IN_PROGRESS(ErrorCategory.SOURCE, true),
    /** A task of the server did not end in time. */
    VSPHERE_TASK_TIMEOUT(ErrorCategory.SOURCE),
    /** A datastore of the VM has no space left. */
    VSPHERE_DATASTORE_FULL(ErrorCategory.SOURCE),
    /** A file of the VM is locked by a host or another task. */
    VSPHERE_FILE_LOCKED(ErrorCategory.SOURCE, true),
    /** The snapshot was not made by vmferry, so it is left alone. */
    VSPHERE_SNAPSHOT_FOREIGN(ErrorCategory.SOURCE),
    /** Changed block tracking is off, or not in effect yet. */
    VSPHERE_CBT_OFF(ErrorCategory.SOURCE),
    /** Changed block tracking has started anew since the mark, so a full copy is due. */
    VSPHERE_CBT_RESET(ErrorCategory.SOURCE),
    /** The source was closed before. */
    VSPHERE_CLOSED(ErrorCategory.INTERNAL);

    private final ErrorCategory category;
    private final boolean retryable;

    VsphereError(ErrorCategory category) {
        this(category, false);
    }

    VsphereError(ErrorCategory category, boolean retryable) {
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
