package io.vmferry.converter.qcow2;

import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.Placement;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Blocks with their places in the file, and the tables that became final with them.
 *
 * @param offsets one per cluster of data and per encoded block, in order
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Qcow2Placement(ByteStore store, List<Block> blocks, long[] offsets, List<TableWrite> tables)
        implements Placement {
    private static final int CLUSTER = Qcow2Geometry.CLUSTER;

    @Override
    public void write() {
        int at = 0;
        for (Block block : blocks) {
            ByteBuffer payload = block.payload().duplicate();
            if (block.extent().kind() == ExtentKind.ENCODED) {
                store.write(offsets[at++], payload);
            } else if (block.extent().kind() == ExtentKind.DATA) {
                at = writeClusters(payload, at);
            }
        }
        for (TableWrite table : tables) {
            store.write(table.offset(), table.bytes().duplicate().clear());
        }
    }

    /** Clusters that are neighbours in the file as well are written at once. */
    private int writeClusters(ByteBuffer payload, int first) {
        int at = first;
        int limit = payload.limit();
        while (payload.hasRemaining()) {
            long start = offsets[at];
            int run = 1;
            while ((long) run * CLUSTER < limit - payload.position()
                    && offsets[at + run] == start + (long) run * CLUSTER) {
                run++;
            }
            int bytes = Math.min(run * CLUSTER, limit - payload.position());
            store.write(start, payload.limit(payload.position() + bytes));
            payload.limit(limit);
            if (bytes % CLUSTER != 0) {
                // The last cluster of the disk; up to a sector of it is visible behind the disk's real end.
                store.write(start + bytes, ByteBuffer.allocate(CLUSTER - bytes % CLUSTER));
            }
            at += run;
        }
        return at;
    }
}
