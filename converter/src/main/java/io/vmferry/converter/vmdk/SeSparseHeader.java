package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;

/**
 * What the two headers of a seSparse extent say: the delta of a snapshot on VMFS 6. VMware does not document the layout; this
 * follows what is known of it from other readers, and refuses every value that is not. Sizes and offsets in sectors.
 *
 * @param directory grain directory
 * @param tables where grain table 0 lies; they are numbered from there
 * @param grains where grain 0 lies; they are numbered from there
 */
record SeSparseHeader(long capacity, long directory, long tables, long grains) {
    static final int GRAIN_SECTORS = 8;
    static final int GRAIN_BYTES = GRAIN_SECTORS * Container.SECTOR;
    static final int TABLE_SECTORS = 64;
    static final int TABLE_BYTES = TABLE_SECTORS * Container.SECTOR;
    static final int TABLE_ENTRIES = TABLE_BYTES / 8;
    /** A directory of 32 MiB: 64 TiB of disk, more than VMware can make. */
    private static final long MAX_TABLES = 1 << 22;

    private static final long MAGIC = 0xcafebabeL;
    private static final long VOLATILE_MAGIC = 0xcafecafeL;
    private static final long VERSION = 0x2_0000_0001L;
    /** Both headers: 64-bit fields, then zeros. */
    private static final int SIZE = 512;

    private static final int CAPACITY_AT = 16;
    private static final int GRAIN_AT = 24;
    private static final int TABLE_AT = 32;
    /** Flags and four reserved fields, all zero. */
    private static final int RESERVED_AT = 40;

    private static final int VOLATILE_AT = 80;
    private static final int DIRECTORY_AT = 128;
    private static final int TABLES_AT = 144;
    private static final int GRAINS_AT = 192;
    private static final int END = 208;

    private static final int REPLAY_AT = 24;
    private static final int VOLATILE_END = 32;

    static boolean matches(ByteBuffer head) {
        return head.remaining() >= 8 && head.getLong(head.position()) == MAGIC;
    }

    static SeSparseHeader read(Container file) {
        ByteBuffer bytes = file.structure(0, SIZE, "header");
        require(bytes.getLong(0) == MAGIC, file, "it does not begin with the mark of seSparse");
        if (bytes.getLong(8) != VERSION) {
            throw VmdkError.VMDK_UNSUPPORTED_VERSION.at(
                    file.name(),
                    "header",
                    0,
                    String.format("version %x is not known (%x is)", bytes.getLong(8), VERSION));
        }
        long capacity = bytes.getLong(CAPACITY_AT);
        require(
                capacity >= 0 && capacity <= MAX_TABLES * TABLE_ENTRIES * GRAIN_SECTORS,
                file,
                "its capacity of " + Long.toUnsignedString(capacity) + " sectors is beyond any disk");
        require(
                bytes.getLong(GRAIN_AT) == GRAIN_SECTORS && bytes.getLong(TABLE_AT) == TABLE_SECTORS,
                file,
                "grains of " + Long.toUnsignedString(bytes.getLong(GRAIN_AT)) + " and tables of "
                        + Long.toUnsignedString(bytes.getLong(TABLE_AT)) + " sectors are not known (8 and 64 are)");
        require(
                Zeros.only(bytes.slice(RESERVED_AT, VOLATILE_AT - RESERVED_AT))
                        && Zeros.only(bytes.slice(END, SIZE - END)),
                file,
                "fields are set that were never seen in use");
        long directory = bytes.getLong(DIRECTORY_AT);
        long tables = bytes.getLong(TABLES_AT);
        long grains = bytes.getLong(GRAINS_AT);
        require(
                isSector(bytes.getLong(VOLATILE_AT)) && isSector(directory) && isSector(tables) && isSector(grains),
                file,
                "an offset is impossible");
        SeSparseHeader header = new SeSparseHeader(capacity, directory, tables, grains);
        long entries = bytes.getLong(DIRECTORY_AT + 8);
        require(
                entries >= 0 && entries >= (header.tableCount() * 8 + Container.SECTOR - 1) / Container.SECTOR,
                file,
                "its directory of " + Long.toUnsignedString(entries) + " sectors is too short for " + capacity
                        + " sectors of disk");
        requireClosed(file, bytes.getLong(VOLATILE_AT) * Container.SECTOR);
        return header;
    }

    /** The volatile header tells whether changes are still in the journal and nowhere else. */
    private static void requireClosed(Container file, long offset) {
        ByteBuffer bytes = file.structure(offset, SIZE, "volatile header");
        if (bytes.getLong(0) != VOLATILE_MAGIC || !Zeros.only(bytes.slice(VOLATILE_END, SIZE - VOLATILE_END))) {
            throw VmdkError.VMDK_BAD_HEADER.at(file.name(), "volatile header", offset, "it is none");
        }
        if (bytes.getLong(REPLAY_AT) != 0) {
            throw VmdkError.VMDK_UNCLEAN.at(
                    file.name(), "volatile header", offset, "its last changes are still in its journal");
        }
    }

    private static boolean isSector(long sector) {
        return sector > 0 && sector <= SparseHeader.MAX_SECTORS;
    }

    private static void require(boolean sound, Container file, String otherwise) {
        if (!sound) {
            throw VmdkError.VMDK_BAD_HEADER.at(file.name(), "header", 0, otherwise);
        }
    }

    long virtualSize() {
        return capacity * Container.SECTOR;
    }

    long grainCount() {
        return (capacity + GRAIN_SECTORS - 1) / GRAIN_SECTORS;
    }

    long tableCount() {
        return (grainCount() + TABLE_ENTRIES - 1) / TABLE_ENTRIES;
    }
}
