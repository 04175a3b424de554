package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where each grain lies: grain directory, grain tables and their redundant copies. Tables are read when they are first
 * needed and a bounded number is kept, so memory does not grow with the disk. Safe for many threads.
 */
final class GrainMap implements GrainLookup {
    /** Bytes of tables that are kept; 512 usual ones cover 16 GiB of 64 KiB grains. */
    private static final int CACHE = 1 << 20;

    private static final int MOST_CACHED = 512;
    /** Tables that lie side by side in the file are read together: qemu-img and VMware put all of them in front. */
    private static final int READ_TOGETHER = 32;
    /** Bounds the work of one call on a disk whose tables are there but empty. */
    private static final int TABLES_A_CALL = 256;
    /** 1 GiB of 64 KiB grains: long enough to read in one go, short enough to look up again and again. */
    private static final int GRAINS_A_RUN = 1 << 14;

    private static final class Table {
        final int index;
        final int[] entries;

        Table(int index, int[] entries) {
            this.index = index;
            this.entries = entries;
        }
    }

    private final Container file;
    private final SparseHeader header;
    private final GrainDirectory directory;
    private final String directoryName;
    private final AtomicReferenceArray<@Nullable Table> cache;
    private volatile @Nullable GrainDirectory redundant;

    private GrainMap(Container file, SparseHeader header, GrainDirectory directory, String directoryName) {
        this.file = file;
        this.header = header;
        this.directory = directory;
        this.directoryName = directoryName;
        this.cache = new AtomicReferenceArray<>(Math.min(MOST_CACHED, CACHE / header.tableBytes()));
    }

    /** @param header the footer where the header says that the directory is at the end */
    static GrainMap open(Container file, SparseHeader header) {
        if (GrainDirectory.fits(file, header, header.directory())) {
            String name = "grain directory";
            return new GrainMap(file, header, GrainDirectory.load(file, header, header.directory(), name), name);
        }
        if (header.redundant() && GrainDirectory.fits(file, header, header.redundantDirectory())) {
            String name = "redundant grain directory";
            return new GrainMap(
                    file, header, GrainDirectory.load(file, header, header.redundantDirectory(), name), name);
        }
        long offset = header.directory() * Container.SECTOR;
        if (header.directory() > 0 && !file.contains(offset, header.tables() * 4)) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(),
                    "grain directory",
                    offset,
                    "it needs " + header.tables() * 4 + " bytes but the file ends at " + file.size());
        }
        throw VmdkError.VMDK_BAD_TABLE.at(
                file.name(), "grain directory", offset, "it lies inside the header or the descriptor");
    }

    SparseHeader header() {
        return header;
    }

    @Override
    public long grains() {
        return header.grains();
    }

    @Override
    public long sector(long grain) {
        int table = (int) (grain / header.tableEntries());
        if (directory.sector(table) == 0) {
            return HOLE;
        }
        return checked(grain, table(table).entries[(int) (grain % header.tableEntries())]);
    }

    @Override
    public long endOfEmpty(long grain, long nature) {
        long grains = header.grains();
        int perTable = header.tableEntries();
        int tables = (int) header.tables();
        long at = grain + 1;
        int loads = 0;
        while (at < grains) {
            int table = (int) (at / perTable);
            if (directory.sector(table) == 0) {
                if (nature != HOLE) {
                    return at;
                }
                at = (long) directory.nextPresent(table, tables) * perTable;
                continue;
            }
            if (++loads > TABLES_A_CALL) {
                return at;
            }
            int[] entries = table(table).entries;
            for (int i = (int) (at % perTable); i < perTable && at < grains; i++, at++) {
                if (nature(entries[i]) != nature) {
                    return at;
                }
            }
        }
        return grains;
    }

    @Override
    public long endOfAdjacent(long grain, long sector, long limit) {
        long end = Math.min(limit, grain + GRAINS_A_RUN);
        long at = grain + 1;
        long expected = sector + header.grainSectors();
        while (at < end && sector(at) == expected) {
            at++;
            expected += header.grainSectors();
        }
        return at;
    }

    /** How many grain tables lie between two sectors of the file. */
    long tablesBetween(long first, long last) {
        return directory.countBetween(first, last);
    }

    private long nature(int entry) {
        if (entry == 0) {
            return HOLE;
        }
        return entry == 1 && header.zeroedGrains() ? ZEROED : Long.MAX_VALUE;
    }

    private long checked(long grain, int entry) {
        long nature = nature(entry);
        if (nature != Long.MAX_VALUE) {
            return nature;
        }
        long sector = Integer.toUnsignedLong(entry);
        if (isGrain(grain, sector)) {
            return sector;
        }
        int copy = redundantEntry(grain);
        long copied = Integer.toUnsignedLong(copy);
        if (nature(copy) == Long.MAX_VALUE && isGrain(grain, copied)) {
            return copied;
        }
        long offset = sector * Container.SECTOR;
        if (offset + storedBytes(grain) > file.size()) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(), "grain " + grain, offset, "the file ends before it, at " + file.size());
        }
        throw VmdkError.VMDK_BAD_TABLE.at(
                file.name(), "grain " + grain, offset, "its table entry points into the header or the descriptor");
    }

    private boolean isGrain(long grain, long sector) {
        long offset = sector * Container.SECTOR;
        long length = storedBytes(grain);
        return file.contains(offset, length) && !header.touchesTexts(offset, length);
    }

    /** What must at least be there: a compressed grain's marker, or the part of a plain grain that the disk uses. */
    private long storedBytes(long grain) {
        if (header.compressed()) {
            return GrainMarker.SIZE + 1;
        }
        return Math.min(header.grainBytes(), header.virtualSize() - grain * header.grainBytes());
    }

    /** The copy of a grain's entry, or 0 where there is no sound copy. */
    private int redundantEntry(long grain) {
        try {
            GrainDirectory copies = redundant();
            if (copies == null) {
                return 0;
            }
            int table = (int) (grain / header.tableEntries());
            long sector = copies.sector(table);
            if (!isTable(sector)) {
                return 0;
            }
            return read(table, sector, 1)[0].entries[(int) (grain % header.tableEntries())];
        } catch (VmferryException e) {
            return 0; // the copy is no better; the caller reports the original
        }
    }

    private @Nullable GrainDirectory redundant() {
        GrainDirectory loaded = redundant;
        if (loaded == null && header.redundant() && GrainDirectory.fits(file, header, header.redundantDirectory())) {
            loaded = GrainDirectory.load(file, header, header.redundantDirectory(), "redundant grain directory");
            redundant = loaded;
        }
        return loaded;
    }

    private Table table(int index) {
        Table cached = cache.get(index % cache.length());
        if (cached != null && cached.index == index) {
            return cached;
        }
        long sector = directory.sector(index);
        if (isTable(sector)) {
            int count = directory.adjacent(index, header.tableSectors(), READ_TOGETHER);
            while (count > 1 && !isTable(sector + (count - 1L) * header.tableSectors())) {
                count--;
            }
            Table[] tables = read(index, sector, count);
            for (Table table : tables) {
                cache.set(table.index % cache.length(), table);
            }
            return tables[0];
        }
        GrainDirectory copies = redundant();
        long copy = copies == null ? 0 : copies.sector(index);
        if (isTable(copy)) {
            Table table = read(index, copy, 1)[0];
            cache.set(index % cache.length(), table);
            return table;
        }
        throw VmdkError.VMDK_BAD_TABLE.at(
                file.name(),
                "grain table " + index,
                sector * Container.SECTOR,
                "the " + directoryName + " points outside the file or into its header");
    }

    private boolean isTable(long sector) {
        long offset = sector * Container.SECTOR;
        return sector != 0
                && file.contains(offset, header.tableBytes())
                && !header.touchesTexts(offset, header.tableBytes());
    }

    private Table[] read(int index, long sector, int count) {
        int stride = header.tableSectors() * Container.SECTOR;
        int bytes = (count - 1) * stride + header.tableBytes();
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.fill(sector * Container.SECTOR, buffer, "grain table " + index);
        Table[] tables = new Table[count];
        for (int i = 0; i < count; i++) {
            int[] entries = new int[header.tableEntries()];
            buffer.position(i * stride);
            buffer.asIntBuffer().get(entries);
            refuseSharedGrains(index + i, sector + (long) i * header.tableSectors(), entries);
            tables[i] = new Table(index + i, entries);
        }
        return tables;
    }

    private void refuseSharedGrains(int index, long sector, int[] entries) {
        // A compressed grain takes at least one sector; that it is really the grain's own is proven by its marker.
        long spacing = header.compressed() ? 1 : header.grainSectors();
        if (!Spacing.holds(entries, header.zeroedGrains() ? 2 : 1, file.size() / Container.SECTOR, spacing)) {
            throw VmdkError.VMDK_BAD_TABLE.at(
                    file.name(),
                    "grain table " + index,
                    sector * Container.SECTOR,
                    "two of its entries name overlapping grains");
        }
    }
}
