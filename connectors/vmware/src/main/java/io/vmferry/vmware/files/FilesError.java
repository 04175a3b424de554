package io.vmferry.vmware.files;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;

/** Failures of the source {@code files}. */
public enum FilesError implements ErrorCode {
    /** The source names no paths. */
    PATHS_MISSING(ErrorCategory.CONFIG),
    /** A path leads to no VM. */
    NO_VM_FOUND(ErrorCategory.INPUT),
    /** A file is none of OVA, OVF, VMX and VMDK. */
    FILE_KIND_UNKNOWN(ErrorCategory.INPUT),
    /** A folder has more files than one search goes through. */
    FOLDER_TOO_LARGE(ErrorCategory.INPUT),
    /** The VM is not, or no longer, in this source. */
    VM_UNKNOWN(ErrorCategory.INPUT),
    /** The VM has no such disk, or not in the state asked for. */
    DISK_UNKNOWN(ErrorCategory.INPUT),
    /** The source was closed before. */
    SOURCE_CLOSED(ErrorCategory.INTERNAL),
    /** A file changed while it was being read. */
    SOURCE_CHANGED(ErrorCategory.SOURCE),
    /** A file called .ova is no tar archive. */
    OVA_NOT_A_TAR(ErrorCategory.INPUT),
    /** The archive ends before its last member or its end mark. */
    OVA_TRUNCATED(ErrorCategory.INPUT),
    /** A header of the archive is damaged. */
    OVA_DAMAGED(ErrorCategory.INPUT),
    /** Two members of the archive have the same name. */
    OVA_DUPLICATE_NAME(ErrorCategory.INPUT),
    /** A member that is needed is a link, a device or a sparse member. */
    OVA_MEMBER_UNSUPPORTED(ErrorCategory.INPUT),
    /** The archive has no OVF descriptor. */
    OVA_WITHOUT_OVF(ErrorCategory.INPUT),
    /** The descriptor is not well-formed XML. */
    OVF_MALFORMED(ErrorCategory.INPUT),
    /** The descriptor has a document type or entities, which are never read. */
    OVF_DOCTYPE(ErrorCategory.INPUT),
    /** The descriptor is larger or deeper than any real one. */
    OVF_TOO_LARGE(ErrorCategory.INPUT),
    /** The descriptor lacks something or contradicts itself. */
    OVF_INVALID(ErrorCategory.INPUT),
    /** A size is given in a unit nobody knows. */
    OVF_UNIT_UNKNOWN(ErrorCategory.INPUT),
    /** The descriptor uses something that vmferry does not read. */
    OVF_UNSUPPORTED(ErrorCategory.INPUT),
    /** The package was exported by oVirt, whose dialect this source does not read yet. */
    OVF_FROM_OVIRT(ErrorCategory.INPUT),
    /** A file that the descriptor refers to is missing. */
    OVF_FILE_MISSING(ErrorCategory.INPUT),
    /** A file is shorter than the descriptor says. */
    OVF_FILE_SIZE(ErrorCategory.INPUT),
    /** The manifest cannot be read. */
    MANIFEST_MALFORMED(ErrorCategory.INPUT),
    /** A file is not the one that the manifest describes. */
    MANIFEST_MISMATCH(ErrorCategory.INPUT),
    /** A VMX configuration cannot be read. */
    VMX_MALFORMED(ErrorCategory.INPUT),
    /** The VM is encrypted. */
    VMX_ENCRYPTED(ErrorCategory.INPUT),
    /** The file is a data file that only its descriptor can open. */
    VMDK_DATA_FILE(ErrorCategory.INPUT);

    private final ErrorCategory category;

    FilesError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }
}
