package io.vmferry.kubevirt;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of the target side. */
public enum TargetError implements ErrorCode {
    /** A setting that the target cannot do without is missing. */
    TARGET_SETTING_MISSING(ErrorCategory.CONFIG),
    /** A setting has a name that the target does not know. */
    TARGET_SETTING_UNKNOWN(ErrorCategory.CONFIG),
    /** A setting has a value that the target cannot use. */
    TARGET_SETTING_INVALID(ErrorCategory.CONFIG),
    /** Manifests were asked for a version of KubeVirt or CDI that is not known or too old. */
    TARGET_VERSION_UNKNOWN(ErrorCategory.CONFIG),
    /** A file stands where the target needs a folder. */
    TARGET_PATH_NOT_FOLDER(ErrorCategory.TARGET),
    /** A planned name of a namespace, VM or disk is not a DNS label and cannot become a file or object. */
    TARGET_NAME_INVALID(ErrorCategory.TARGET),
    /** A planned disk format has no place on this target. */
    TARGET_FORMAT_UNSUPPORTED(ErrorCategory.TARGET),
    /** The VM's folder exists and was not made by this migration for this VM. */
    TARGET_FOLDER_FOREIGN(ErrorCategory.TARGET),
    /** A file with the planned name exists and was not written by vmferry. */
    TARGET_FILE_FOREIGN(ErrorCategory.TARGET),
    /** A disk was changed after vmferry had finished it. */
    TARGET_DISK_CHANGED(ErrorCategory.TARGET),
    /** Another process or thread writes the same disk. */
    TARGET_DISK_BUSY(ErrorCategory.TARGET),
    /** A disk that is finished already was opened for writing. */
    TARGET_DISK_FINISHED(ErrorCategory.TARGET),
    /** The VM was to be created before all its disks were finished. */
    TARGET_DISK_UNFINISHED(ErrorCategory.TARGET),
    /** A disk was declared complete, but what was written is not what was planned or reported. */
    TARGET_EVIDENCE_MISMATCH(ErrorCategory.INTERNAL),
    /** A manifest was edited by hand and the plan has changed since, so that neither can be kept without a decision. */
    TARGET_MANIFEST_EDITED(ErrorCategory.TARGET),
    /** The target would refuse the VM as it is planned. */
    TARGET_REFUSES_VM(ErrorCategory.TARGET),
    /** A file in which vmferry keeps what it knows about a folder or disk cannot be understood. */
    TARGET_RECORD_BROKEN(ErrorCategory.TARGET),
    /** Something was to be removed that vmferry did not make, or that was changed since. */
    TARGET_DELETE_REFUSED(ErrorCategory.TARGET);

    private final ErrorCategory category;

    TargetError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
