package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;

/**
 * The header of a "COWD" extent (VMFSSPARSE): the delta of an ESXi snapshot on VMFS 5 and, rarely, a thin disk of its own. Its
 * directory and tables work like those of a hosted sparse extent, with tables of 4096 entries and without copies; so it is
 * read into the same record.
 */
final class CowdHeader {
    /** "COWD". */
    private static final int MAGIC = 0x44574f43;
    /** Of the file, before any table. Behind the fields lie texts: the parent's name, a description. */
    private static final int SECTORS = 4;

    private static final int TABLE_ENTRIES = 4096;
    private static final long MAX_GRAIN_SECTORS = 0x200000;
    private static final int VERSION_AT = 4;
    private static final int CAPACITY_AT = 12;
    private static final int GRAIN_AT = 16;
    private static final int DIRECTORY_AT = 20;
    private static final int DIRECTORY_ENTRIES_AT = 24;
    private static final int UNCLEAN_AT = 1648;

    private CowdHeader() {}

    static boolean matches(ByteBuffer head) {
        // The version too: four letters alone may begin any text.
        return head.remaining() >= 8 && head.getLong(head.position()) == (1L << 32 | MAGIC);
    }

    static SparseHeader read(Container file) {
        ByteBuffer bytes = file.structure(0, SECTORS * Container.SECTOR, "header");
        if (bytes.getInt(0) != MAGIC) {
            throw wrong(file, "it does not begin with COWD");
        }
        if (bytes.getInt(VERSION_AT) != 1) {
            throw VmdkError.VMDK_UNSUPPORTED_VERSION.at(
                    file.name(),
                    "header",
                    0,
                    "version " + Integer.toUnsignedString(bytes.getInt(VERSION_AT)) + " is not known (1 is)");
        }
        long capacity = Integer.toUnsignedLong(bytes.getInt(CAPACITY_AT));
        long grain = Integer.toUnsignedLong(bytes.getInt(GRAIN_AT));
        if (Long.bitCount(grain) != 1 || grain > MAX_GRAIN_SECTORS) {
            throw wrong(file, "its grain size of " + grain + " sectors is no power of two up to " + MAX_GRAIN_SECTORS);
        }
        SparseHeader header = new SparseHeader(
                1,
                0,
                capacity,
                grain,
                1,
                SECTORS - 1,
                TABLE_ENTRIES,
                0,
                Integer.toUnsignedLong(bytes.getInt(DIRECTORY_AT)),
                SECTORS,
                bytes.get(UNCLEAN_AT) != 0,
                false);
        long entries = Integer.toUnsignedLong(bytes.getInt(DIRECTORY_ENTRIES_AT));
        if (entries < header.tables()) {
            throw wrong(
                    file,
                    "its capacity of " + capacity + " sectors needs " + header.tables()
                            + " grain tables, but its directory has " + entries);
        }
        return header;
    }

    private static RuntimeException wrong(Container file, String reason) {
        return VmdkError.VMDK_BAD_HEADER.at(file.name(), "header", 0, reason);
    }
}
