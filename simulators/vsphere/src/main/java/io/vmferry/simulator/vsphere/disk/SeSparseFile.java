package io.vmferry.simulator.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code X-000001-sesparse.vmdk}: a delta in the layout of VMFS 6, computed from what was written. Grains of 4 KiB lie in the
 * order of their first write; room for all grain tables is reserved in front. The layout is undocumented; field positions are
 * those that other readers agree on.
 *
 * <p>The length grows while the disk is written; the part that was there before does not move.
 */
final class SeSparseFile implements ByteSource {
    private static final int SECTOR = 512;
    private static final int TABLE_ENTRIES = 4096;
    private static final int TABLE = TABLE_ENTRIES * 8;
    private static final int VOLATILE_SECTOR = 1;
    private static final int DIRECTORY_SECTOR = 8;

    private final Layer layer;
    private final long size;
    private final long tables;
    private final long tablesAt;
    private final long bitmapAt;
    private final long grainsAt;

    SeSparseFile(Layer layer, long size) {
        this.layer = layer;
        this.size = size;
        long grains = (size + Grain.SIZE - 1) / Grain.SIZE;
        tables = (grains + TABLE_ENTRIES - 1) / TABLE_ENTRIES;
        tablesAt = up(DIRECTORY_SECTOR * SECTOR + tables * 8, SECTOR);
        bitmapAt = tablesAt + tables * TABLE;
        grainsAt = up(bitmapAt + 8 * SECTOR, Grain.SIZE);
    }

    @Override
    public String name() {
        return "sesparse";
    }

    @Override
    public long size() {
        return grainsAt + (long) layer.slotCount() * Grain.SIZE;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int length = (int) Math.max(0, Math.min(target.remaining(), size() - offset));
        for (int done = 0; done < length; ) {
            int n = piece(offset + done, length - done, target);
            done += n;
        }
        return length;
    }

    private int piece(long at, int most, ByteBuffer target) {
        if (at >= grainsAt) {
            int skip = (int) ((at - grainsAt) % Grain.SIZE);
            int n = Math.min(most, Grain.SIZE - skip);
            layer.put(layer.numberAt((int) ((at - grainsAt) / Grain.SIZE)), skip, n, target);
            return n;
        }
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        long start = at / SECTOR * SECTOR;
        if (start == 0) {
            header(sector);
        } else if (start == VOLATILE_SECTOR * SECTOR) {
            sector.putLong(0, 0xcafecafeL).putLong(8, tables).putLong(16, 1);
        } else if (start >= DIRECTORY_SECTOR * SECTOR && start < tablesAt) {
            for (int i = 0; i < SECTOR / 8; i++) {
                long table = (start - DIRECTORY_SECTOR * SECTOR) / 8 + i;
                sector.putLong(i * 8, table < tables ? 0x1000_0000_0000_0000L | table : 0);
            }
        } else if (start >= tablesAt && start < bitmapAt) {
            for (int i = 0; i < SECTOR / 8; i++) {
                sector.putLong(i * 8, entry((start - tablesAt) / 8 + i));
            }
        }
        int skip = (int) (at - start);
        int n = Math.min(most, SECTOR - skip);
        target.put(sector.slice(skip, n));
        return n;
    }

    /** Allocated, zeroed or absent; the upper and lower part of the grain's place are stored the other way round. */
    private long entry(long number) {
        int slot = layer.slot(number);
        if (slot < 0) {
            return 0;
        }
        if (layer.grain(number) == Grain.ZERO) {
            return 0x2000_0000_0000_0000L;
        }
        return 0x3000_0000_0000_0000L | (slot & 0xfffL) << 48 | slot >>> 12;
    }

    private void header(ByteBuffer sector) {
        sector.putLong(0, 0xcafebabeL).putLong(8, 0x2_0000_0001L);
        sector.putLong(16, size / SECTOR).putLong(24, Grain.SIZE / SECTOR).putLong(32, TABLE / SECTOR);
        long[] places = {
            VOLATILE_SECTOR,
            1,
            2,
            1,
            3,
            5,
            DIRECTORY_SECTOR,
            tablesAt / SECTOR - DIRECTORY_SECTOR,
            tablesAt / SECTOR,
            tables * TABLE / SECTOR,
            bitmapAt / SECTOR,
            4,
            bitmapAt / SECTOR + 4,
            4,
            grainsAt / SECTOR,
            (long) layer.slotCount() * Grain.SIZE / SECTOR
        };
        for (int i = 0; i < places.length; i++) {
            sector.putLong(80 + i * 8, places[i]);
        }
    }

    private static long up(long value, long step) {
        return (value + step - 1) / step * step;
    }

    @Override
    public void close() {}
}
