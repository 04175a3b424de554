package io.vmferry.converter.vmdk;

import org.jspecify.annotations.Nullable;

/** Brings the two statements about a sparse extent's length together: the header's capacity and the descriptor's extent. */
final class DiskSize {
    private DiskSize() {}

    /**
     * The virtual size in bytes. Some products round the header's capacity up to whole grains; the descriptor then has the
     * size that the guest saw.
     *
     * @param sectors by the descriptor, 0 when it says nothing
     */
    static long resolve(SparseHeader header, long sectors, String file) {
        if (sectors == 0) {
            return header.virtualSize();
        }
        if (sectors > header.capacity() || header.capacity() - sectors >= header.grainSectors()) {
            throw VmdkError.VMDK_SIZE_MISMATCH.of(
                    file, "its descriptor says " + sectors + " sectors, its header " + header.capacity());
        }
        return sectors * Container.SECTOR;
    }

    static long resolve(SparseHeader header, @Nullable Descriptor descriptor, String file) {
        return resolve(header, descriptor == null ? 0 : descriptor.sectors(), file);
    }
}
