package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.Placement;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Blocks with their sectors, and the grain tables that were closed before them.
 *
 * @param sectors one per grain, in order: where its marker goes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record VmdkPlacement(ByteStore store, List<Block> blocks, long[] sectors, List<Table> tables, GrainBuffers buffers)
        implements Placement {
    /** A grain table behind its marker. */
    record Table(long offset, ByteBuffer bytes) {}

    @Override
    public void write() {
        Run run = new Run(store, buffers.take());
        int at = 0;
        for (Block block : blocks) {
            ByteBuffer payload = block.payload().duplicate();
            long start = block.extent().start();
            if (block.extent().kind() == ExtentKind.ENCODED) {
                int size = payload.remaining();
                run.open(sectors[at++], start, size).put(payload);
                run.close();
            } else if (block.extent().kind() == ExtentKind.DATA) {
                int end = payload.limit();
                while (payload.position() < end) {
                    payload.limit(Math.min(end, payload.position() + StreamLayout.GRAIN));
                    StoredZlib.put(payload, run.open(sectors[at++], start, StoredZlib.SIZE));
                    run.close();
                    payload.limit(end);
                    start += StreamLayout.GRAIN;
                }
            }
        }
        run.flush();
        for (Table table : tables) {
            store.write(table.offset(), table.bytes().duplicate());
        }
        buffers.giveBack(run.buffer);
    }

    /** Grains that follow each other in the file, on their way into one write. */
    private static final class Run {
        private final ByteStore store;
        private final ByteBuffer buffer;
        /** Where the buffer's first byte goes. */
        private long offset;

        Run(ByteStore store, ByteBuffer buffer) {
            this.store = store;
            this.buffer = buffer;
        }

        /** Puts a grain's marker; the payload is to follow. */
        ByteBuffer open(long sector, long start, int size) {
            long at = sector * Container.SECTOR;
            int needed = (int) GrainMarker.sectors(size) * Container.SECTOR;
            if (at != offset + buffer.position() || needed > buffer.remaining()) {
                flush();
                offset = at;
            }
            return buffer.putLong(start / Container.SECTOR).putInt(size);
        }

        /** Pads the grain to whole sectors. */
        void close() {
            Zeros.fill(buffer, -buffer.position() & (Container.SECTOR - 1));
        }

        void flush() {
            if (buffer.position() > 0) {
                store.write(offset, buffer.flip());
                offset += buffer.limit();
                buffer.clear();
            }
        }
    }
}
