package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.Checkpoint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where a writer stands: at the start, or behind a checkpoint. A checkpoint needs two numbers beside the file: where it ended, and
 * where its last grain table lies. From there the tables are found backwards, because each lies right before the first grain of
 * the next, and grains say by their markers where on the disk they are.
 */
final class VmdkState {
    private static final int NUMBERS = 2;

    /** Sectors of all tables that are closed, by their place on the disk. */
    final int[] directory;
    /** The table that is not closed yet. */
    final int[] entries = new int[StreamLayout.TABLE_ENTRIES];
    /** Its number; -1 when there is none. */
    int table = -1;
    /** Where the file goes on. */
    long sector = StreamLayout.OVERHEAD;
    /** Virtual bytes placed. */
    long position;

    private long lastTable;

    VmdkState(int tables) {
        this.directory = new int[tables];
    }

    /** Notes where the open table lies, behind its marker, and where the file goes on. */
    void closeTable(int at) {
        directory[table] = at;
        lastTable = Integer.toUnsignedLong(at);
        sector = lastTable + StreamLayout.TABLE_SECTORS;
        table = -1;
        Arrays.fill(entries, 0);
    }

    /** What {@link #resume} needs beside the file. */
    String print() {
        return sector + "," + lastTable;
    }

    /** Reads from a file what was known when its checkpoint was made; what lies behind that is not looked at. */
    static VmdkState resume(ByteStore store, int tables, Checkpoint from) {
        VmdkState state = new VmdkState(tables);
        String[] parts = from.state().split(",", -1);
        try {
            if (parts.length != NUMBERS) {
                throw invalid(store, from, "its state cannot be read");
            }
            state.sector = Long.parseLong(parts[0]);
            state.lastTable = Long.parseLong(parts[1]);
        } catch (NumberFormatException e) {
            throw invalid(store, from, "its state cannot be read");
        }
        long end = state.sector * Container.SECTOR;
        boolean inFile = state.sector == StreamLayout.OVERHEAD || (state.sector > 0 && end <= store.size());
        if (!inFile || state.sector < StreamLayout.OVERHEAD || state.sector > 1L << 33 || state.lastTable < 0) {
            throw invalid(store, from, "the file does not fit it; it has " + store.size() + " bytes");
        }
        state.position = from.position();
        state.openTable(store, from);
        state.closedTables(store, from);
        return state;
    }

    /** Goes over the grains behind the last closed table. */
    private void openTable(ByteStore store, Checkpoint from) {
        long at = lastTable == 0 ? StreamLayout.OVERHEAD : lastTable + StreamLayout.TABLE_SECTORS;
        long before = -1;
        while (at < sector) {
            GrainMarker marker = marker(store, at, from);
            long grain = grain(marker, store, at, from);
            int number = (int) (grain / StreamLayout.TABLE_ENTRIES);
            if (grain <= before || (table >= 0 && table != number)) {
                throw invalid(store, from, "the grain in sector " + at + " does not follow the one before");
            }
            table = number;
            before = grain;
            entries[(int) (grain % StreamLayout.TABLE_ENTRIES)] = (int) at;
            at += GrainMarker.sectors(marker.size());
        }
        if (at != sector) {
            throw invalid(store, from, "its last grain ends in sector " + at + " instead of " + sector);
        }
    }

    private void closedTables(ByteStore store, Checkpoint from) {
        int above = table < 0 ? directory.length : table;
        ByteBuffer bytes = StreamLayout.buffer(StreamLayout.TABLE_ENTRIES * 4);
        for (long at = lastTable; at != 0; ) {
            fill(store, at, bytes.clear(), from);
            long first = 0;
            for (int i = 0; first == 0 && i < StreamLayout.TABLE_ENTRIES; i++) {
                first = Integer.toUnsignedLong(bytes.getInt(i * 4));
            }
            if (first < StreamLayout.OVERHEAD || first >= at) {
                throw invalid(store, from, "sector " + at + " holds no grain table");
            }
            int number = (int) (grain(marker(store, first, from), store, first, from) / StreamLayout.TABLE_ENTRIES);
            if (number >= above) {
                throw invalid(store, from, "the grain table in sector " + at + " does not precede the next");
            }
            directory[number] = (int) at;
            above = number;
            at = first == StreamLayout.OVERHEAD ? 0 : first - StreamLayout.TABLE_SECTORS;
        }
    }

    private static GrainMarker marker(ByteStore store, long at, Checkpoint from) {
        ByteBuffer bytes = StreamLayout.buffer(GrainMarker.SIZE + Integer.BYTES);
        fill(store, at, bytes, from);
        return GrainMarker.parse(bytes, 0);
    }

    private long grain(GrainMarker marker, ByteStore store, long at, Checkpoint from) {
        long lba = marker.value();
        boolean onDisk = lba >= 0 && lba < (from.position() + Container.SECTOR - 1) / Container.SECTOR;
        boolean sound = marker.size() > 0 && marker.size() <= StoredZlib.SIZE && lba % StreamLayout.GRAIN_SECTORS == 0;
        if (!onDisk || !sound || lba / StreamLayout.GRAIN_SECTORS / StreamLayout.TABLE_ENTRIES >= directory.length) {
            throw invalid(store, from, "there is no grain of the disk in sector " + at);
        }
        return lba / StreamLayout.GRAIN_SECTORS;
    }

    private static void fill(ByteStore store, long sector, ByteBuffer target, Checkpoint from) {
        if (store.read(sector * Container.SECTOR, target) < target.capacity()) {
            throw invalid(store, from, "the file ends before sector " + sector);
        }
    }

    private static VmferryException invalid(ByteStore store, Checkpoint from, String reason) {
        return VmdkError.VMDK_CHECKPOINT_INVALID.of(
                store.name() + ", checkpoint at disk offset " + from.position(), reason);
    }
}
