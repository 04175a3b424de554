package io.vmferry.converter.qcow2;

import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes version 3 with 64 KiB clusters, front to back. In memory are the L1 table, the L2 table and the refcount block at
 * the current position. Zeros and holes stay unallocated. The header is written last: before, the file is no qcow2 image.
 *
 * <p>The layout depends on the sequence of blocks only, neither on how calls group them nor on timing.
 */
final class Qcow2Writer implements ImageWriter {
    private static final int CLUSTER = Qcow2Geometry.CLUSTER;
    private static final int L2_ENTRIES = Qcow2Geometry.L2_ENTRIES;
    private static final int SECTOR = 512;
    private static final long COPIED = 1L << 63;
    private static final long COMPRESSED = 1L << 62;
    /** Where the number of further sectors begins in a compressed entry: 62 - (cluster bits - 8). */
    private static final int SECTORS_SHIFT = 62 - (Qcow2Geometry.CLUSTER_BITS - 8);

    private final ByteStore store;
    private final long virtualSize;
    private final Qcow2Geometry geometry;
    private final @Nullable BlockEncoding encoding;
    private final ClusterAllocator allocator;
    private final long[] l1;
    private ByteBuffer l2;
    /** Where the current L2 table goes; 0 while there is none. */
    private long l2Offset;
    /** L1 index of the current L2 table. */
    private int table;

    private long position;
    private final List<TableWrite> finished = new ArrayList<>();

    private Qcow2Writer(
            ByteStore store,
            long virtualSize,
            @Nullable BlockEncoding encoding,
            Qcow2Geometry geometry,
            Qcow2State at) {
        this.store = store;
        this.virtualSize = virtualSize;
        this.geometry = geometry;
        this.encoding = encoding;
        this.allocator = at.allocator();
        this.l1 = at.l1();
        this.l2 = at.l2();
        this.l2Offset = at.l2Offset();
        this.position = at.position();
        this.table = tableOf(position);
    }

    static Qcow2Writer open(
            ByteStore store, long virtualSize, @Nullable BlockEncoding encoding, @Nullable Checkpoint from) {
        Qcow2Geometry geometry = Qcow2Geometry.of(virtualSize);
        Qcow2State state;
        if (from == null) {
            store.resize(0);
            state = Qcow2State.begin(geometry);
        } else {
            state = Qcow2State.resume(store, geometry, from);
        }
        return new Qcow2Writer(store, virtualSize, encoding, geometry, state);
    }

    @Override
    public int blockSize() {
        return CLUSTER;
    }

    @Override
    public @Nullable BlockEncoding encoding() {
        return encoding;
    }

    @Override
    public Placement place(List<Block> blocks) {
        long[] offsets = new long[clusters(blocks)];
        int at = 0;
        for (Block block : blocks) {
            Extent extent = block.extent();
            if (extent.start() != position || extent.end() > virtualSize) {
                throw new IllegalArgumentException(extent + " does not follow " + position);
            }
            switch (extent.kind()) {
                case DATA -> {
                    for (long start = extent.start(); start < extent.end(); start += CLUSTER) {
                        openTable(start);
                        offsets[at++] = set(start, allocator.cluster());
                    }
                }
                case ENCODED -> {
                    openTable(extent.start());
                    int size = block.payload().remaining();
                    offsets[at++] = setCompressed(extent.start(), allocator.bytes(size), size);
                }
                case ZERO, HOLE -> leaveTable(extent.end());
            }
            position = extent.end();
        }
        leaveTable(position);
        List<TableWrite> tables = new ArrayList<>(finished);
        finished.clear();
        tables.addAll(allocator.takeFinished());
        return new Qcow2Placement(store, blocks, offsets, tables);
    }

    @Override
    public Checkpoint checkpoint() {
        writeTables();
        store.force();
        return new Checkpoint(position, Qcow2State.print(allocator, l2Offset));
    }

    @Override
    public long bytesWritten() {
        return allocator.frontier() * CLUSTER;
    }

    @Override
    public void finish() {
        if (position != virtualSize) {
            throw new IllegalStateException("only " + position + " of " + virtualSize + " bytes were placed");
        }
        writeTables();
        store.resize(allocator.frontier() * CLUSTER);
        store.force();
        store.write(0, Qcow2Header.encode(geometry, encoding == BlockEncoding.ZSTD));
        store.force();
    }

    @Override
    public void close() {
        // The store is the caller's.
    }

    /** Makes {@link #l2} the table that covers {@code start}, and gives it a place. */
    private void openTable(long start) {
        leaveTable(start);
        if (l2Offset == 0) {
            table = tableOf(start);
            l2Offset = allocator.cluster();
            l1[table] = l2Offset | COPIED;
        }
    }

    /** Ends the current table when {@code next} lies behind what it covers. */
    private void leaveTable(long next) {
        if (l2Offset != 0 && tableOf(next) != table) {
            finished.add(new TableWrite(l2Offset, l2));
            l2 = ByteBuffer.allocate(CLUSTER);
            l2Offset = 0;
        }
    }

    private long set(long start, long offset) {
        l2.putLong(slot(start), offset | COPIED);
        return offset;
    }

    private long setCompressed(long start, long offset, int size) {
        long further = (offset + size - 1) / SECTOR - offset / SECTOR;
        l2.putLong(slot(start), COMPRESSED | further << SECTORS_SHIFT | offset);
        return offset;
    }

    static int tableOf(long start) {
        return (int) (start / CLUSTER / L2_ENTRIES);
    }

    static int slot(long start) {
        return (int) (start / CLUSTER % L2_ENTRIES) * Long.BYTES;
    }

    private int clusters(List<Block> blocks) {
        int count = 0;
        for (Block block : blocks) {
            Extent extent = block.extent();
            boolean ends = extent.end() % CLUSTER == 0 || extent.end() == virtualSize;
            if (extent.start() % CLUSTER != 0 || !ends) {
                throw new IllegalArgumentException(extent + " is not on clusters");
            }
            long size = block.payload().remaining();
            switch (extent.kind()) {
                case DATA -> {
                    if (size != extent.length()) {
                        throw new IllegalArgumentException(size + " bytes for " + extent);
                    }
                    count += (int) ((size + CLUSTER - 1) / CLUSTER);
                }
                case ENCODED -> {
                    var told = extent.encoded();
                    boolean ours = told != null && told.encoding() == encoding;
                    if (!ours || extent.length() > CLUSTER || size == 0 || size >= CLUSTER) {
                        throw new IllegalArgumentException(size + " encoded bytes for " + extent);
                    }
                    count++;
                }
                case ZERO, HOLE -> {}
            }
        }
        return count;
    }

    private void writeTables() {
        if (l2Offset != 0) {
            store.write(l2Offset, l2.duplicate().clear());
        }
        TableWrite refcounts = allocator.currentRefcounts();
        store.write(refcounts.offset(), refcounts.bytes().clear());
        write(geometry.refcountTableOffset(), allocator.refcountTable());
        write(geometry.l1Offset(), l1);
    }

    private void write(long offset, long[] table) {
        int size = (table.length * Long.BYTES + CLUSTER - 1) / CLUSTER * CLUSTER;
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.asLongBuffer().put(table);
        store.write(offset, bytes);
    }
}
