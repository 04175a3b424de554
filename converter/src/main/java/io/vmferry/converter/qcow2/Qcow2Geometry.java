package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.VmferryException;

/**
 * Where the fixed parts of an image lie that is written here, a pure function of its size: header, refcount table, first
 * refcount block, L1 table, each on whole clusters; data and L2 tables follow.
 *
 * @param size bytes of the virtual disk as the header states it, a multiple of 512
 */
record Qcow2Geometry(long size) {
    static final int CLUSTER_BITS = 16;
    static final int CLUSTER = 1 << CLUSTER_BITS;
    /** 2^4 = 16 bits per refcount. */
    static final int REFCOUNT_ORDER = 4;
    /** Refcounts in a refcount block: one block covers 2 GiB of file. */
    static final int REFCOUNTS = CLUSTER / 2;
    /** Entries of an L2 table: one table covers 512 MiB of disk. */
    static final int L2_ENTRIES = CLUSTER / Long.BYTES;

    private static final int SECTOR = 512;
    private static final long L2_COVER = (long) CLUSTER * L2_ENTRIES;

    /** @param virtualSize bytes, rounded up to a sector, because a qcow2 disk has whole sectors */
    static Qcow2Geometry of(long virtualSize) {
        if (virtualSize < 0 || virtualSize > Qcow2Header.L1_MAX * L2_COVER) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_DISK_TOO_LARGE,
                    "a disk of " + virtualSize + " bytes",
                    "a qcow2 image with clusters of 64 KiB ends at " + Qcow2Header.L1_MAX * L2_COVER + " bytes",
                    "Choose raw.");
        }
        return new Qcow2Geometry((virtualSize + SECTOR - 1) / SECTOR * SECTOR);
    }

    int clusterSize() {
        return CLUSTER;
    }

    /** At least one, as an empty L1 table is not accepted everywhere. */
    int l1Entries() {
        return (int) Math.max(1, ceil(size, L2_COVER));
    }

    int l1Clusters() {
        return (int) ceil((long) l1Entries() * Long.BYTES, CLUSTER);
    }

    /**
     * Of the largest file this disk can become: every cluster allocated, each compressed one beginning a cluster of its own,
     * all L2 tables, and room for the fixed parts and the refcount blocks.
     */
    long maxClusters() {
        long clusters = ceil(size, CLUSTER) + 2L * l1Entries() + l1Clusters() + 64;
        return clusters + ceil(clusters, REFCOUNTS - 1) + 1;
    }

    int refcountTableClusters() {
        return (int) ceil(ceil(maxClusters(), REFCOUNTS) * Long.BYTES, CLUSTER);
    }

    long refcountTableOffset() {
        return CLUSTER;
    }

    long firstRefcountBlockOffset() {
        return refcountTableOffset() + (long) refcountTableClusters() * CLUSTER;
    }

    long l1Offset() {
        return firstRefcountBlockOffset() + CLUSTER;
    }

    /** Clusters of the fixed parts. */
    long fixedClusters() {
        return l1Offset() / CLUSTER + l1Clusters();
    }

    private static long ceil(long value, long unit) {
        return (value + unit - 1) / unit;
    }
}
