package io.vmferry.vmware.files.ovf;

import io.vmferry.vmware.files.ovf.OvfDocument.DiskRef;
import org.jspecify.annotations.Nullable;

/** Finds the files of a disk that a descriptor names. */
@FunctionalInterface
public interface DiskLocator {
    /**
     * What was found.
     *
     * @param key as in {@link io.vmferry.spi.model.Disk#key}
     * @param containerBytes null for a disk without a file
     * @param format in words
     */
    record Located(String key, @Nullable Long containerBytes, String format) {}

    /**
     * Finds the files of one disk.
     *
     * @param times how often this disk was asked for within its VM before
     * @throws io.vmferry.spi.error.VmferryException when a file is missing or not what the descriptor says
     */
    Located locate(DiskRef disk, int times);
}
