package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A grain directory: where each grain table lies, as 32-bit sector numbers; 0 where there is no table. */
final class GrainDirectory {
    /** Read piecewise, so that a lying capacity costs no memory before the file proves to hold the directory. */
    private static final int PIECE = 1 << 18;

    private final int[] sectors;

    private GrainDirectory(int[] sectors) {
        this.sectors = sectors;
    }

    static boolean fits(Container file, SparseHeader header, long sector) {
        long offset = sector * Container.SECTOR;
        long length = header.tables() * 4;
        return sector > 0 && file.contains(offset, length) && !header.touchesTexts(offset, length);
    }

    /** @param sector where the directory begins; {@link #fits} was asked */
    static GrainDirectory load(Container file, SparseHeader header, long sector, String structure) {
        int[] sectors = new int[(int) header.tables()];
        ByteBuffer piece =
                ByteBuffer.allocate((int) Math.min(PIECE, sectors.length * 4L)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < sectors.length; ) {
            piece.clear().limit((int) Math.min(piece.capacity(), (sectors.length - at) * 4L));
            file.fill(sector * Container.SECTOR + at * 4L, piece, structure);
            piece.flip();
            int count = piece.remaining() / 4;
            piece.asIntBuffer().get(sectors, at, count);
            at += count;
        }
        GrainDirectory directory = new GrainDirectory(sectors);
        directory.refuseSharedTables(file, header, sector, structure);
        return directory;
    }

    /** Sector of a table, or 0. */
    long sector(int table) {
        return Integer.toUnsignedLong(sectors[table]);
    }

    /** The first table from {@code table} on that exists, at most {@code end}. */
    int nextPresent(int table, int end) {
        int at = table;
        while (at < end && sectors[at] == 0) {
            at++;
        }
        return at;
    }

    long countBetween(long first, long last) {
        long count = 0;
        for (int i = 0; i < sectors.length; i++) {
            if (sector(i) > first && sector(i) < last) {
                count++;
            }
        }
        return count;
    }

    /** How many tables from {@code table} on follow each other in the file without a gap. */
    int adjacent(int table, int tableSectors, int most) {
        int count = 1;
        while (count < most
                && table + count < sectors.length
                && sector(table + count) == sector(table) + (long) count * tableSectors) {
            count++;
        }
        return count;
    }

    /**
     * Two entries with the same table would let a small file claim endless content. Products write tables in ascending
     * order, which makes the check cheap.
     */
    private void refuseSharedTables(Container file, SparseHeader header, long sector, String structure) {
        if (!Spacing.holds(sectors, 1, file.size() / Container.SECTOR, header.tableSectors())) {
            throw VmdkError.VMDK_BAD_TABLE.at(
                    file.name(),
                    structure,
                    sector * Container.SECTOR,
                    "two of its entries name overlapping grain tables");
        }
    }
}
