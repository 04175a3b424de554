package io.vmferry.converter.qcow2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives out the file from front to back and keeps the refcounts. Only the refcount block at the frontier is in memory: each
 * block is the first cluster of the 2 GiB it counts (the first one has its place among the fixed parts), and is finished
 * when the frontier leaves them.
 *
 * <p>Compressed clusters are packed back to back. One may reach over into the next cluster of the file when that is still
 * free, but never over the border of a refcount block. Each counts in every cluster that it touches.
 */
final class ClusterAllocator {
    private static final int CLUSTER = Qcow2Geometry.CLUSTER;
    private static final int REFCOUNTS = Qcow2Geometry.REFCOUNTS;

    private final long[] refcountTable;
    private ByteBuffer refcounts;
    private long frontier;
    private long packAt;
    private long packEnd;
    private final List<TableWrite> finished = new ArrayList<>();

    private ClusterAllocator(long[] refcountTable, ByteBuffer refcounts, long frontier, long packAt, long packEnd) {
        this.refcountTable = refcountTable;
        this.refcounts = refcounts;
        this.frontier = frontier;
        this.packAt = packAt;
        this.packEnd = packEnd;
    }

    static ClusterAllocator begin(Qcow2Geometry geometry) {
        long[] table = table(geometry);
        table[0] = refcountBlock(geometry, 0);
        ClusterAllocator allocator = new ClusterAllocator(table, ByteBuffer.allocate(CLUSTER), 0, 0, 0);
        while (allocator.frontier < geometry.fixedClusters()) {
            allocator.count(allocator.frontier++);
        }
        return allocator;
    }

    /**
     * Goes on at a state of {@link #frontier}, {@link #packAt}, {@link #packEnd} and {@link #packRefcount}.
     *
     * @param refcounts the refcount block at the frontier as found in the file; what is newer than the state is taken out
     */
    static ClusterAllocator resume(
            Qcow2Geometry geometry, ByteBuffer refcounts, long frontier, long packAt, long packEnd, int packRefcount) {
        long[] table = table(geometry);
        for (int region = 0; region <= regionOf(frontier); region++) {
            table[region] = refcountBlock(geometry, region);
        }
        ClusterAllocator allocator = new ClusterAllocator(table, refcounts, frontier, packAt, packEnd);
        for (int i = (int) (frontier - (long) regionOf(frontier) * REFCOUNTS); i < REFCOUNTS; i++) {
            refcounts.putShort(2 * i, (short) 0);
        }
        if (packAt < packEnd) {
            refcounts.putShort(slot(packEnd / CLUSTER - 1), (short) packRefcount);
        }
        return allocator;
    }

    private static long[] table(Qcow2Geometry geometry) {
        return new long[geometry.refcountTableClusters() * (CLUSTER / Long.BYTES)];
    }

    /** Which refcount block counts the last cluster before a frontier. */
    static int regionOf(long frontier) {
        return (int) ((frontier - 1) / REFCOUNTS);
    }

    /** Offset of a refcount block. */
    static long refcountBlock(Qcow2Geometry geometry, int region) {
        return region == 0 ? geometry.firstRefcountBlockOffset() : (long) region * REFCOUNTS * CLUSTER;
    }

    /** Offset of a whole cluster. */
    long cluster() {
        if (frontier % REFCOUNTS == 0) {
            nextRegion();
        }
        long index = frontier++;
        count(index);
        return index * CLUSTER;
    }

    /** Offset of {@code size} bytes, fewer than a cluster, for one compressed cluster. */
    long bytes(int size) {
        boolean open = packAt < packEnd;
        boolean fits = packAt + size <= packEnd;
        boolean grows = packEnd == frontier * CLUSTER && frontier % REFCOUNTS != 0;
        if (open && (fits || grows)) {
            long offset = packAt;
            count(packEnd / CLUSTER - 1);
            if (!fits) {
                packEnd = cluster() + CLUSTER;
            }
            packAt = offset + size;
            return offset;
        }
        long offset = cluster();
        packAt = offset + size;
        packEnd = offset + CLUSTER;
        return offset;
    }

    /** Refcount blocks that will not change any more, once. */
    List<TableWrite> takeFinished() {
        List<TableWrite> taken = List.copyOf(finished);
        finished.clear();
        return taken;
    }

    /** The refcount block at the frontier as it is now. The bytes are the allocator's own. */
    TableWrite currentRefcounts() {
        return new TableWrite(refcountTable[regionOf(frontier)], refcounts.duplicate());
    }

    long[] refcountTable() {
        return refcountTable;
    }

    /** Clusters given out. */
    long frontier() {
        return frontier;
    }

    /** Where the next compressed cluster may begin, up to {@link #packEnd}. */
    long packAt() {
        return packAt;
    }

    long packEnd() {
        return packEnd;
    }

    /** Refcount of the cluster that has room for more compressed ones; 0 when there is none. */
    int packRefcount() {
        return packAt < packEnd ? refcounts.getShort(slot(packEnd / CLUSTER - 1)) & 0xffff : 0;
    }

    private void nextRegion() {
        finished.add(currentRefcounts());
        refcounts = ByteBuffer.allocate(CLUSTER);
        refcountTable[(int) (frontier / REFCOUNTS)] = frontier * CLUSTER;
        long own = frontier++;
        count(own);
        // The cluster with room left belongs to a block that is finished now.
        packAt = 0;
        packEnd = 0;
    }

    private void count(long cluster) {
        int at = slot(cluster);
        refcounts.putShort(at, (short) (refcounts.getShort(at) + 1));
    }

    private static int slot(long cluster) {
        return 2 * (int) (cluster % REFCOUNTS);
    }
}
