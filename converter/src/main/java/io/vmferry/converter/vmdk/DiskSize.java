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
        return sectors == 0 ? header.virtualSize() : resolve(header.capacity(), header.grainSectors(), sectors, file);
    }

    /** @param sectors by the descriptor; capacity and grain, in sectors, by the header */
    static long resolve(long capacity, long grain, long sectors, String file) {
        if (sectors > capacity || capacity - sectors >= grain) {
            throw VmdkError.VMDK_SIZE_MISMATCH.of(
                    file, "its descriptor says " + sectors + " sectors, its header " + capacity);
        }
        return sectors * Container.SECTOR;
    }

    static long resolve(SparseHeader header, @Nullable Descriptor descriptor, String file) {
        return resolve(header, descriptor == null ? 0 : descriptor.sectors(), file);
    }
}
