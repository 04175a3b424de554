package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a VMDK. */
public enum VmdkError implements ErrorCode {
    /** The file or stream ends before a structure that must be there. */
    VMDK_TRUNCATED("Copy or export the disk again; this copy is incomplete."),
    /** The header contradicts itself or holds values that no product writes. */
    VMDK_BAD_HEADER("Copy or export the disk again; if the original is no better, convert it on its hypervisor first."),
    /** The header's line-end bytes were changed, as a transfer in text mode does; so was the rest of the file. */
    VMDK_TEXT_MODE_DAMAGE("Transfer the file again in binary mode."),
    /** The image has a format version or compression that is not known. */
    VMDK_UNSUPPORTED_VERSION("Export the disk again in a current format, for instance with ovftool or qemu-img."),
    /** The kind of disk (createType, extent type) is known but cannot be read. */
    VMDK_UNSUPPORTED_TYPE("Export the disk as OVF/OVA or clone it to a plain disk, and use that."),
    /** The file holds the changes of a snapshot, without the descriptor that says what they change. */
    VMDK_DELTA_ALONE("Open the small descriptor file beside it: \"name-000001.vmdk\", not \"name-000001-delta.vmdk\"."),
    /** The parent of a snapshot is not there, or is not named. */
    VMDK_PARENT_NOT_FOUND("Put the files of all disks of the snapshot chain into one folder."),
    /** The parent of a snapshot is not the disk that the snapshot was made of: its content id differs. */
    VMDK_PARENT_CHANGED("Copy the whole snapshot chain again, all of it from the same place and time."),
    /** A snapshot has more parents than any product allows. */
    VMDK_CHAIN_TOO_LONG("Consolidate the snapshots or clone the disk, and use the result."),
    /** A disk names the same file twice: for two extents, or as the parent of itself. */
    VMDK_FILE_TWICE("Compare the descriptor with the one of a working disk, or copy the disk again."),
    /** The image was not closed, and some of its content is in its journal only. */
    VMDK_UNCLEAN("Power the VM off or consolidate its snapshots on its hypervisor, and copy the disk again."),
    /** The descriptor text cannot be understood. */
    VMDK_BAD_DESCRIPTOR("Compare the descriptor with the one of a working disk, or export the disk again."),
    /** The descriptor, the header and the extents disagree about the size of the disk. */
    VMDK_SIZE_MISMATCH("Export the disk again; if a size was edited by hand, restore it."),
    /** The disk has no sectors. */
    VMDK_EMPTY_DISK("Take the disk out of the selection, or export it again."),
    /** A grain directory or grain table points outside the file or into other metadata, and no copy helps. */
    VMDK_BAD_TABLE("Copy or export the disk again; if the original is no better, repair it on its hypervisor."),
    /** A grain's marker is wrong: another address than the table says, or an impossible size. */
    VMDK_BAD_MARKER("Copy or export the disk again."),
    /** A compressed grain does not inflate to its content, or its Adler-32 checksum differs. */
    VMDK_GRAIN_DAMAGED("Copy or export the disk again; content of this copy is lost."),
    /** The footer of a streamOptimized image is missing its marker or contradicts the header. */
    VMDK_BAD_FOOTER("Copy or export the disk again."),
    /** Something other than zeros follows the end mark. */
    VMDK_TRAILING_DATA("Check that the file holds one disk only, and copy or export it again."),
    /** The layout can be read from a file but not from a stream. */
    VMDK_NOT_STREAMABLE("Store the image in a file first."),
    /** The image would need sector numbers beyond 32 bits, or more grain tables than any product reads. */
    VMDK_TOO_LARGE("Write another format, such as qcow2 or raw.", ErrorCategory.STORAGE),
    /** What an interrupted copy wrote is not what its stored position says; copy the disk anew. */
    VMDK_CHECKPOINT_INVALID("Start the copy of this disk from the beginning.", ErrorCategory.STORAGE);

    private final String remedy;
    private final ErrorCategory category;

    VmdkError(String remedy) {
        this(remedy, ErrorCategory.INPUT);
    }

    VmdkError(String remedy, ErrorCategory category) {
        this.remedy = remedy;
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    /** This failure, in a structure of a file. */
    VmferryException at(String file, String structure, long offset, String reason) {
        return at(file, structure, offset, reason, null);
    }

    VmferryException at(String file, String structure, long offset, String reason, @Nullable Throwable cause) {
        return new VmferryException(this, file + ", " + structure + " at offset " + offset, reason, remedy, cause);
    }

    /** This failure of a file as a whole. */
    VmferryException of(String file, String reason) {
        return new VmferryException(this, file, reason, remedy);
    }
}
