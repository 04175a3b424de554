package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where the grains of a seSparse extent lie. An entry of a grain table has its nature in the topmost four bits; those of
 * allocated grains hold the number of the grain in the file, with its lowest 12 bits above the others.
 */
final class SeSparseMap implements GrainLookup {
    /** Kind of an entry: given back by the guest; reads as zeros, as {@link #ZERO} does. */
    private static final int UNMAPPED = 1;

    private static final int ZERO = 2;
    private static final int ALLOCATED = 3;

    /** 2 MiB of tables, which cover 1 GiB. */
    private static final int CACHED_TABLES = 64;
    /** Bounds the work of one call on a disk whose tables are there but empty. */
    private static final int TABLES_A_CALL = 64;
    /** 64 MiB: long enough to read in one go, short enough to look up again and again. */
    private static final int GRAINS_A_RUN = 1 << 14;

    private static final class Table {
        final int index;
        final long[] entries;

        Table(int index, long[] entries) {
            this.index = index;
            this.entries = entries;
        }
    }

    private final Container file;
    private final SeSparseHeader header;
    private final SeSparseDirectory directory;
    private final AtomicReferenceArray<@Nullable Table> cache = new AtomicReferenceArray<>(CACHED_TABLES);

    SeSparseMap(Container file, SeSparseHeader header) {
        this.file = file;
        this.header = header;
        this.directory = SeSparseDirectory.load(file, header);
    }

    @Override
    public long grains() {
        return header.grainCount();
    }

    @Override
    public long sector(long grain) {
        int table = (int) (grain / SeSparseHeader.TABLE_ENTRIES);
        if (!directory.has(table)) {
            return HOLE;
        }
        long entry = table(table).entries[(int) (grain % SeSparseHeader.TABLE_ENTRIES)];
        long nature = nature(entry);
        if (nature == HOLE || nature == ZEROED) {
            return nature;
        }
        return allocated(grain, entry);
    }

    @Override
    public long endOfEmpty(long grain, long nature) {
        long grains = grains();
        int tables = (int) header.tableCount();
        long at = grain + 1;
        int loads = 0;
        while (at < grains) {
            int table = (int) (at / SeSparseHeader.TABLE_ENTRIES);
            if (!directory.has(table)) {
                if (nature != HOLE) {
                    return at;
                }
                at = (long) directory.nextPresent(table, tables) * SeSparseHeader.TABLE_ENTRIES;
                continue;
            }
            if (++loads > TABLES_A_CALL) {
                return at;
            }
            long[] entries = table(table).entries;
            int i = (int) (at % SeSparseHeader.TABLE_ENTRIES);
            for (; i < entries.length && at < grains; i++, at++) {
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
        long expected = sector + SeSparseHeader.GRAIN_SECTORS;
        while (at < end && sector(at) == expected) {
            at++;
            expected += SeSparseHeader.GRAIN_SECTORS;
        }
        return at;
    }

    /** Entries that are neither empty nor zeros count as allocated here, and are judged when they are looked at. */
    private static long nature(long entry) {
        if (entry == 0) {
            return HOLE;
        }
        int kind = kind(entry);
        return kind == UNMAPPED || kind == ZERO ? ZEROED : Long.MAX_VALUE;
    }

    private static int kind(long entry) {
        return (int) (entry >>> 60);
    }

    private long allocated(long grain, long entry) {
        if (kind(entry) != ALLOCATED) {
            throw VmdkError.VMDK_BAD_TABLE.at(
                    file.name(),
                    "grain " + grain,
                    tableOffset((int) (grain / SeSparseHeader.TABLE_ENTRIES))
                            + grain % SeSparseHeader.TABLE_ENTRIES * 8,
                    String.format("its table entry %016x is not known", entry));
        }
        long number = number(entry);
        long stored = Math.min(SeSparseHeader.GRAIN_BYTES, header.virtualSize() - grain * SeSparseHeader.GRAIN_BYTES);
        // The first test keeps the product below clear of overflow.
        if (number > file.size() / SeSparseHeader.GRAIN_BYTES || !file.contains(offset(number), stored)) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(),
                    "grain " + grain,
                    header.grains() * Container.SECTOR,
                    "it is grain " + number + " from there, but the file ends before it, at " + file.size());
        }
        return offset(number) / Container.SECTOR;
    }

    private static long number(long entry) {
        return (entry & 0x0fff_0000_0000_0000L) >> 48 | (entry & 0x0000_ffff_ffff_ffffL) << 12;
    }

    private long offset(long number) {
        return (header.grains() + number * SeSparseHeader.GRAIN_SECTORS) * Container.SECTOR;
    }

    private long tableOffset(int index) {
        return (header.tables() + directory.number(index) * SeSparseHeader.TABLE_SECTORS) * Container.SECTOR;
    }

    private Table table(int index) {
        Table cached = cache.get(index % CACHED_TABLES);
        if (cached != null && cached.index == index) {
            return cached;
        }
        long offset = tableOffset(index);
        ByteBuffer bytes = ByteBuffer.allocate(SeSparseHeader.TABLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.fill(offset, bytes, "grain table " + index);
        long[] entries = new long[SeSparseHeader.TABLE_ENTRIES];
        bytes.flip().asLongBuffer().get(entries);
        refuseSharedGrains(index, offset, entries);
        Table table = new Table(index, entries);
        cache.set(index % CACHED_TABLES, table);
        return table;
    }

    private void refuseSharedGrains(int index, long offset, long[] entries) {
        long[] numbers = Arrays.stream(entries)
                .filter(entry -> kind(entry) == ALLOCATED)
                .map(SeSparseMap::number)
                .sorted()
                .toArray();
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i] == numbers[i - 1]) {
                throw VmdkError.VMDK_BAD_TABLE.at(
                        file.name(), "grain table " + index, offset, "two of its entries name the same grain");
            }
        }
    }
}
