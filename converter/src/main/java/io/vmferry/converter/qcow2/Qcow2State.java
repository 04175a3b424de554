package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.Checkpoint;
import java.nio.ByteBuffer;

/**
 * Where a writer stands: at the start, or behind a checkpoint. The tables themselves lie in the file; a checkpoint's state
 * holds the few numbers that say which of their entries count.
 *
 * @param position virtual bytes placed
 * @param l2Offset of the L2 table at the position; 0 when it has no place yet
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over to the writer, never compared.
record Qcow2State(ClusterAllocator allocator, long[] l1, ByteBuffer l2, long l2Offset, long position) {
    private static final int CLUSTER = Qcow2Geometry.CLUSTER;

    static Qcow2State begin(Qcow2Geometry geometry) {
        return new Qcow2State(
                ClusterAllocator.begin(geometry), new long[geometry.l1Entries()], ByteBuffer.allocate(CLUSTER), 0, 0);
    }

    /** What {@link #resume} needs beside the file. */
    static String print(ClusterAllocator allocator, long l2Offset) {
        return allocator.frontier() + "," + allocator.packAt() + "," + allocator.packEnd() + ","
                + allocator.packRefcount() + "," + l2Offset;
    }

    /**
     * Reads the tables back and takes out whatever an attempt after the checkpoint added to them or behind them, so that what
     * follows gives the same file as if nothing had happened.
     */
    static Qcow2State resume(ByteStore store, Qcow2Geometry geometry, Checkpoint from) {
        long[] numbers = parse(store, geometry, from);
        long frontier = numbers[0];
        long packAt = numbers[1];
        long packEnd = numbers[2];
        long l2Offset = numbers[4];
        store.zero(0, CLUSTER);
        store.resize(frontier * CLUSTER);
        if (packAt < packEnd) {
            store.zero(packAt, packEnd - packAt);
        }
        ByteBuffer refcounts = ByteBuffer.allocate(CLUSTER);
        fill(store, ClusterAllocator.refcountBlock(geometry, ClusterAllocator.regionOf(frontier)), refcounts, from);
        long[] l1 = new long[geometry.l1Entries()];
        read(store, geometry.l1Offset(), l1);
        int table = Qcow2Writer.tableOf(from.position());
        for (int i = l2Offset == 0 ? table : table + 1; i < l1.length; i++) {
            l1[i] = 0;
        }
        ByteBuffer l2 = ByteBuffer.allocate(CLUSTER);
        if (l2Offset != 0) {
            fill(store, l2Offset, l2, from);
            for (int at = Qcow2Writer.slot(from.position()); at < CLUSTER; at += Long.BYTES) {
                l2.putLong(at, 0);
            }
        }
        return new Qcow2State(
                ClusterAllocator.resume(geometry, refcounts, frontier, packAt, packEnd, (int) numbers[3]),
                l1,
                l2,
                l2Offset,
                from.position());
    }

    private static long[] parse(ByteStore store, Qcow2Geometry geometry, Checkpoint from) {
        String[] parts = from.state().split(",", -1);
        long[] numbers = new long[5];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Long.parseLong(parts[i]);
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw invalid(store, from, "its state cannot be read");
        }
        if (!plausible(numbers, geometry, from.position(), store.size())) {
            throw invalid(store, from, "the file does not fit it; it has " + store.size() + " bytes");
        }
        return numbers;
    }

    private static boolean plausible(long[] numbers, Qcow2Geometry geometry, long position, long size) {
        long frontier = numbers[0];
        long first = geometry.fixedClusters();
        // Something was written to the last cluster that was given out, or it is the end of the L1 table.
        boolean inFile = frontier >= first && frontier <= geometry.maxClusters() && size > (frontier - 1) * CLUSTER;
        long packAt = numbers[1];
        long packEnd = numbers[2];
        boolean noPack = packAt == packEnd && numbers[3] == 0;
        boolean pack = packEnd % CLUSTER == 0
                && packEnd > first * CLUSTER
                && packEnd <= frontier * CLUSTER
                && packAt < packEnd
                && packAt > packEnd - CLUSTER
                && numbers[3] > 0;
        long l2 = numbers[4];
        boolean table = l2 == 0 || (l2 % CLUSTER == 0 && l2 >= first * CLUSTER && l2 < frontier * CLUSTER);
        return inFile && (noPack || pack) && table && position >= 0 && position <= geometry.size();
    }

    private static void read(ByteStore store, long offset, long[] table) {
        ByteBuffer bytes = ByteBuffer.allocate(table.length * Long.BYTES);
        store.read(offset, bytes);
        bytes.rewind().asLongBuffer().get(table);
    }

    private static void fill(ByteStore store, long offset, ByteBuffer table, Checkpoint from) {
        if (store.read(offset, table) < table.capacity()) {
            throw invalid(store, from, "the table at offset " + offset + " is not there");
        }
    }

    private static VmferryException invalid(ByteStore store, Checkpoint from, String reason) {
        return new VmferryException(
                Qcow2Error.QCOW2_CHECKPOINT_INVALID,
                store.name() + ", checkpoint at disk offset " + from.position(),
                reason,
                "Start the copy of this disk from the beginning.");
    }
}
