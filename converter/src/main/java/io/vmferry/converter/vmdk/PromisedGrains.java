package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * The grains that tables in front of a stream list. qemu-img's layout has no end mark, so that its end is proven only by
 * having seen all of them. One bit a grain.
 */
final class PromisedGrains {
    /** 64 MiB of bits: 32 TiB of 64 KiB grains. */
    private static final long MAX_GRAINS = 1L << 29;

    private final BitSet missing = new BitSet();

    private PromisedGrains() {}

    /** Reads directory and tables, which must come in this order and before the first grain. */
    static PromisedGrains read(Forward in, SparseHeader header) {
        if (header.grains() > MAX_GRAINS) {
            throw unordered(in, "it has more grains than a stream with tables in front can be checked for");
        }
        long end = header.overhead() * Container.SECTOR;
        skipTo(in, header.directory(), header.tables() * 4, end, "grain directory");
        ByteBuffer directory = in.structure((int) (header.tables() * 4), "grain directory");
        PromisedGrains promised = new PromisedGrains();
        for (int table = 0; table < header.tables(); table++) {
            long sector = Integer.toUnsignedLong(directory.getInt(table * 4));
            if (sector != 0) {
                skipTo(in, sector, header.tableBytes(), end, "grain table " + table);
                promised.add(in.structure(header.tableBytes(), "grain table " + table), header, table, in);
            }
        }
        return promised;
    }

    private static void skipTo(Forward in, long sector, long length, long end, String structure) {
        long offset = sector * Container.SECTOR;
        if (offset < in.offset() || offset + length > end) {
            throw unordered(in, "its " + structure + " does not lie in order before the grains");
        }
        in.skip(offset - in.offset(), structure);
    }

    private void add(ByteBuffer table, SparseHeader header, int index, Forward in) {
        long first = (long) index * header.tableEntries();
        for (int i = 0; i < header.tableEntries(); i++) {
            int entry = table.getInt(i * 4);
            if (entry == 0 || (entry == 1 && header.zeroedGrains())) {
                continue;
            }
            if (first + i >= header.grains()) {
                throw VmdkError.VMDK_BAD_TABLE.at(
                        in.name(), "grain table " + index, in.offset(), "it lists a grain beyond the capacity");
            }
            missing.set((int) (first + i));
        }
    }

    /** Notes that a grain came. Returns false when no table lists it. */
    boolean seen(long grain) {
        boolean promised = missing.get((int) grain);
        missing.clear((int) grain);
        return promised;
    }

    int missing() {
        return missing.cardinality();
    }

    private static RuntimeException unordered(Forward in, String reason) {
        return VmdkError.VMDK_NOT_STREAMABLE.of(in.name(), reason);
    }
}
