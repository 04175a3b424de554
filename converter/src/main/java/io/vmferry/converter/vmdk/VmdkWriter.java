package io.vmferry.converter.vmdk;

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
 * Writes a streamOptimized VMDK in ESXi's layout from many threads: {@link #place} gives each grain its sectors and closes the
 * grain tables, whoever writes puts marker, payload and padding there. Zeros and holes get no grain. The header is written
 * last: before, the file is no VMDK. In memory are the directory, 4 bytes per 32 MiB of disk, and one table.
 *
 * <p>The file depends on the sequence of blocks only, neither on how calls group them nor on timing.
 */
final class VmdkWriter implements ImageWriter {
    private static final int GRAIN = StreamLayout.GRAIN;
    /** 16 MiB of directory: 128 TiB, as much as is read. VMware stops at 62 TiB. */
    private static final long MAX_TABLES = 1 << 22;

    private static final long MAX_SECTOR = 0xffffffffL;

    private final ByteStore store;
    private final long virtualSize;
    private final long capacity;
    private final @Nullable BlockEncoding encoding;
    private final GrainBuffers buffers = new GrainBuffers();
    private final VmdkState at;

    private VmdkWriter(
            ByteStore store, long virtualSize, long capacity, @Nullable BlockEncoding encoding, VmdkState at) {
        this.store = store;
        this.virtualSize = virtualSize;
        this.capacity = capacity;
        this.encoding = encoding;
        this.at = at;
    }

    static VmdkWriter open(
            ByteStore store, long virtualSize, @Nullable BlockEncoding encoding, @Nullable Checkpoint from) {
        long capacity = virtualSize / Container.SECTOR + (virtualSize % Container.SECTOR == 0 ? 0 : 1);
        if (capacity == 0) {
            throw VmdkError.VMDK_EMPTY_DISK.of(
                    store.name(), "a VMDK of a disk without sectors cannot be read by anyone");
        }
        long tables = StreamLayout.tables(capacity);
        if (tables > MAX_TABLES) {
            throw VmdkError.VMDK_TOO_LARGE.of(
                    store.name(), "a disk of " + virtualSize + " bytes is larger than 128 TiB, the end of this format");
        }
        VmdkState state;
        if (from == null) {
            store.resize(0);
            state = new VmdkState((int) tables);
        } else {
            state = VmdkState.resume(store, (int) tables, from);
            store.zero(0, (long) StreamLayout.OVERHEAD * Container.SECTOR);
            store.resize(state.sector * Container.SECTOR);
        }
        return new VmdkWriter(store, virtualSize, capacity, encoding, state);
    }

    @Override
    public int blockSize() {
        return GRAIN;
    }

    @Override
    public @Nullable BlockEncoding encoding() {
        return encoding;
    }

    @Override
    public Placement place(List<Block> blocks) {
        long[] sectors = new long[grains(blocks)];
        List<VmdkPlacement.Table> tables = new ArrayList<>(1);
        int next = 0;
        for (Block block : blocks) {
            Extent extent = block.extent();
            if (extent.start() != at.position || extent.end() > virtualSize) {
                throw new IllegalArgumentException(extent + " does not follow " + at.position);
            }
            switch (extent.kind()) {
                case DATA -> {
                    for (long start = extent.start(); start < extent.end(); start += GRAIN) {
                        sectors[next++] = grain(start, StoredZlib.SIZE, tables);
                    }
                }
                case ENCODED ->
                    sectors[next++] = grain(extent.start(), block.payload().remaining(), tables);
                case ZERO, HOLE -> {}
            }
            at.position = extent.end();
        }
        return new VmdkPlacement(store, blocks, sectors, tables, buffers);
    }

    /** Gives a grain its room, behind the table of the grains before where that is another one. */
    private long grain(long start, int size, List<VmdkPlacement.Table> tables) {
        long grain = start / GRAIN;
        int table = (int) (grain / StreamLayout.TABLE_ENTRIES);
        if (at.table != table) {
            closeTable(tables);
            at.table = table;
        }
        long sector = at.sector;
        at.entries[(int) (grain % StreamLayout.TABLE_ENTRIES)] = checked(sector);
        at.sector += GrainMarker.sectors(size);
        return sector;
    }

    private void closeTable(List<VmdkPlacement.Table> tables) {
        if (at.table >= 0) {
            int sector = checked(at.sector + 1);
            tables.add(new VmdkPlacement.Table(at.sector * Container.SECTOR, StreamLayout.table(at.entries)));
            at.closeTable(sector);
        }
    }

    /** Table entries have 32 bits for a sector. */
    private int checked(long sector) {
        if (sector > MAX_SECTOR) {
            throw VmdkError.VMDK_TOO_LARGE.of(
                    store.name(), "the file passes 2 TiB, where VMDK's sector numbers of 32 bits end");
        }
        return (int) sector;
    }

    @Override
    public Checkpoint checkpoint() {
        store.force();
        return new Checkpoint(at.position, at.print());
    }

    @Override
    public long bytesWritten() {
        return at.sector * Container.SECTOR;
    }

    @Override
    public void finish() {
        if (at.position != virtualSize) {
            throw new IllegalStateException("only " + at.position + " of " + virtualSize + " bytes were placed");
        }
        List<VmdkPlacement.Table> last = new ArrayList<>(1);
        closeTable(last);
        for (VmdkPlacement.Table table : last) {
            store.write(table.offset(), table.bytes());
        }
        checked(at.sector + 1);
        ByteBuffer tail = StreamLayout.tail(capacity, at.directory, at.sector);
        long end = at.sector * Container.SECTOR;
        at.sector += tail.remaining() / Container.SECTOR;
        store.write(end, tail);
        store.resize(at.sector * Container.SECTOR);
        store.force();
        store.write(0, StreamLayout.head(capacity, StreamLayout.FILE_NAME, StreamLayout.CID));
        store.force();
    }

    @Override
    public void close() {
        // The store is the caller's.
    }

    private int grains(List<Block> blocks) {
        int count = 0;
        for (Block block : blocks) {
            Extent extent = block.extent();
            if (extent.start() % GRAIN != 0 || (extent.end() % GRAIN != 0 && extent.end() != virtualSize)) {
                throw new IllegalArgumentException(extent + " is not on grains");
            }
            long size = block.payload().remaining();
            switch (extent.kind()) {
                case DATA -> {
                    if (size != extent.length()) {
                        throw new IllegalArgumentException(size + " bytes for " + extent);
                    }
                    count += (int) ((size + GRAIN - 1) / GRAIN);
                }
                case ENCODED -> {
                    var told = extent.encoded();
                    boolean ours = told != null && told.encoding() == encoding;
                    if (!ours || extent.length() > GRAIN || size == 0 || size > StoredZlib.SIZE) {
                        throw new IllegalArgumentException(size + " encoded bytes for " + extent);
                    }
                    count++;
                }
                case ZERO, HOLE -> {}
            }
        }
        return count;
    }
}
