package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The grain directory of a seSparse extent: which table covers a stretch of the disk, if any. */
final class SeSparseDirectory {
    /** Read piecewise, as a lying capacity must cost no memory before the file proves to hold the directory. */
    private static final int PIECE = 1 << 18;
    /** The upper half of an entry that is in use; the lower is the table's number. */
    private static final int IN_USE = 0x10000000;

    /** Table number plus one, unsigned; 0 where there is no table. */
    private final int[] tables;

    private SeSparseDirectory(int[] tables) {
        this.tables = tables;
    }

    static SeSparseDirectory load(Container file, SeSparseHeader header) {
        long offset = header.directory() * Container.SECTOR;
        long length = header.tableCount() * 8;
        if (!file.contains(offset, length)) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(),
                    "grain directory",
                    offset,
                    "it needs " + length + " bytes but the file ends at " + file.size());
        }
        int[] tables = new int[(int) header.tableCount()];
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, length)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < tables.length; ) {
            piece.clear().limit((int) Math.min(piece.capacity(), (tables.length - at) * 8L));
            file.fill(offset + at * 8L, piece, "grain directory");
            for (piece.flip(); piece.hasRemaining(); at++) {
                tables[at] = number(piece.getLong(), file, header, at);
            }
        }
        // A table that is used twice would let a small file claim endless content.
        if (!Spacing.holds(tables, 1, 0xffffffffL, 1)) {
            throw VmdkError.VMDK_BAD_TABLE.at(
                    file.name(), "grain directory", offset, "two of its entries name the same grain table");
        }
        return new SeSparseDirectory(tables);
    }

    private static int number(long entry, Container file, SeSparseHeader header, int table) {
        if (entry == 0) {
            return 0;
        }
        long number = entry & 0xffffffffL;
        long offset = (header.tables() + number * SeSparseHeader.TABLE_SECTORS) * Container.SECTOR;
        if (entry >>> 32 != IN_USE || number == 0xffffffffL || !file.contains(offset, SeSparseHeader.TABLE_BYTES)) {
            throw VmdkError.VMDK_BAD_TABLE.at(
                    file.name(),
                    "grain directory",
                    header.directory() * Container.SECTOR + table * 8L,
                    String.format("its entry %016x names no grain table in the file", entry));
        }
        return (int) (number + 1);
    }

    boolean has(int table) {
        return tables[table] != 0;
    }

    /** In the file, counted from where table 0 lies. */
    long number(int table) {
        return Integer.toUnsignedLong(tables[table]) - 1;
    }

    /** The first table from {@code table} on that exists, at most {@code end}. */
    int nextPresent(int table, int end) {
        int at = table;
        while (at < end && tables[at] == 0) {
            at++;
        }
        return at;
    }
}
