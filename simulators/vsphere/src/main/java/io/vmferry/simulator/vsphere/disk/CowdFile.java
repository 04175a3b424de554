package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code X-000001-delta.vmdk}: a delta in the layout of VMFS 5 ("COWD"), computed from what was written. Grains are one sector,
 * tables of 4096 entries come when they are first needed, and zeroes are stored like data. Eight sectors are always written
 * together here, so that both delta layouts share one record of writes.
 *
 * <p>Shows the delta as it was when the file was opened.
 */
final class CowdFile implements ByteSource {
    private static final int SECTOR = 512;
    private static final int TABLE_ENTRIES = 4096;
    private static final int TABLE_SECTORS = TABLE_ENTRIES * 4 / SECTOR;
    private static final int GRAINS_PER_TABLE = TABLE_ENTRIES * SECTOR / Grain.SIZE;
    private static final int GRAIN_SECTORS = Grain.SIZE / SECTOR;
    private static final int DIRECTORY_SECTOR = 4;

    private final Layer layer;
    private final long size;
    private final int tables;
    private final long end;
    /** First sector of what is stored, in ascending order: negative numbers are tables, others grains. */
    private final List<Long> starts = new ArrayList<>();

    private final List<Long> contents = new ArrayList<>();
    private final Map<Integer, Long> tableSectors = new HashMap<>();
    private final Map<Long, Long> grainSectors = new HashMap<>();

    CowdFile(Layer layer, long size) {
        this.layer = layer;
        this.size = size;
        this.tables = (int) ((size / SECTOR + TABLE_ENTRIES - 1) / TABLE_ENTRIES);
        long sector = DIRECTORY_SECTOR + (tables * 4L + SECTOR - 1) / SECTOR;
        for (int slot = 0; slot < layer.slotCount(); slot++) {
            long number = layer.numberAt(slot);
            int table = (int) (number / GRAINS_PER_TABLE);
            if (!tableSectors.containsKey(table)) {
                tableSectors.put(table, sector);
                starts.add(sector);
                contents.add(-1L - table);
                sector += TABLE_SECTORS;
            }
            grainSectors.put(number, sector);
            starts.add(sector);
            contents.add(number);
            sector += GRAIN_SECTORS;
        }
        this.end = sector;
    }

    @Override
    public String name() {
        return "delta";
    }

    @Override
    public long size() {
        return end * SECTOR;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int length = (int) Math.max(0, Math.min(target.remaining(), size() - offset));
        for (int done = 0; done < length; ) {
            long at = offset + done;
            int skip = (int) (at % SECTOR);
            int n = Math.min(length - done, SECTOR - skip);
            target.put(sector(at / SECTOR).slice(skip, n));
            done += n;
        }
        return length;
    }

    private ByteBuffer sector(long sector) {
        ByteBuffer bytes = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        if (sector == 0) {
            bytes.putInt(0, 0x44574f43).putInt(4, 1).putInt(8, 3);
            bytes.putInt(12, (int) (size / SECTOR)).putInt(16, 1).putInt(20, DIRECTORY_SECTOR);
            return bytes.putInt(24, tables).putInt(28, (int) end);
        }
        if (sector < DIRECTORY_SECTOR) {
            return bytes;
        }
        int index = find(sector);
        if (index < 0) {
            int first = (int) (sector - DIRECTORY_SECTOR) * (SECTOR / 4);
            for (int i = 0; i < SECTOR / 4; i++) {
                bytes.putInt(i * 4, tableSectors.getOrDefault(first + i, 0L).intValue());
            }
            return bytes;
        }
        long content = contents.get(index);
        int inside = (int) (sector - starts.get(index));
        if (content >= 0) {
            layer.put(content, inside * SECTOR, SECTOR, bytes);
            return bytes.clear();
        }
        long first = (-1 - content) * TABLE_ENTRIES + (long) inside * (SECTOR / 4);
        for (int i = 0; i < SECTOR / 4; i++) {
            Long grain = grainSectors.get((first + i) / GRAIN_SECTORS);
            bytes.putInt(i * 4, grain == null ? 0 : (int) (grain + (first + i) % GRAIN_SECTORS));
        }
        return bytes;
    }

    /** Which stored piece a sector belongs to; -1 before the first one. */
    private int find(long sector) {
        int low = 0;
        int high = starts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (starts.get(middle) <= sector) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    @Override
    public void close() {}
}
