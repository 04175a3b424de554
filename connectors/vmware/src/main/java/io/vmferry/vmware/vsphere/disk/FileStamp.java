package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import java.net.URLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Tells one state of a file on a server from another, as far as HTTP does.
 *
 * @param size length of the whole file in bytes
 * @param tag the ETag; null none
 * @param modified Last-Modified in seconds since 1970; 0 none
 */
record FileStamp(long size, @Nullable String tag, long modified) {
    static FileStamp of(URLConnection answer, long size) {
        return new FileStamp(size, answer.getHeaderField("ETag"), answer.getLastModified() / 1000);
    }

    /** What one of two answers does not say does not count. */
    void requireSame(FileStamp later, String file) {
        boolean tags = tag == null || later.tag == null || tag.equals(later.tag);
        boolean times = modified == 0 || later.modified == 0 || modified == later.modified;
        if (size != later.size || !tags || !times) {
            throw new VmferryException(
                    TransferError.DATASTORE_FILE_CHANGED,
                    file,
                    size != later.size
                            ? "its length changed from " + size + " to " + later.size + " bytes while it was read"
                            : "it was changed while it was read",
                    "Make sure that the VM stays off, or is read at a snapshot, until its disks are copied; then begin"
                            + " this disk again.");
        }
    }

    String words() {
        return size + "@" + (modified == 0 && tag != null ? tag : Long.toString(modified));
    }
}
