package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a hosted sparse or streamOptimized extent, and its copy in the footer: 512 bytes that begin with "KDMV".
 * Sizes and offsets are in sectors, as stored.
 *
 * @param tableEntries numGTEsPerGT
 * @param directory gdOffset; {@link #AT_END} when the footer has it
 * @param overhead sectors before the first grain
 */
record SparseHeader(
        int version,
        int flags,
        long capacity,
        long grainSectors,
        long descriptorOffset,
        long descriptorSectors,
        int tableEntries,
        long redundantDirectory,
        long directory,
        long overhead,
        boolean unclean,
        boolean compressed) {
    static final int MAGIC = 0x564d444b;
    static final int SIZE = 512;
    static final long AT_END = -1;

    static final int FLAG_NEWLINE_TEST = 1;
    static final int FLAG_REDUNDANT = 1 << 1;
    static final int FLAG_ZEROED_GRAIN = 1 << 2;
    static final int FLAG_COMPRESSED = 1 << 16;
    static final int FLAG_MARKERS = 1 << 17;

    /** The end-of-line bytes 0A 20 0D 0A at 73, which any text-mode transfer changes. */
    static final int NEWLINES = 0x0a0d200a;

    /** 1 PiB; what VMware can make ends at 62 TiB. It keeps every product below clear of overflow. */
    static final long MAX_SECTORS = 1L << 41;

    static final int MAX_TABLE_ENTRIES = 512;
    /** 16 MiB of grain directory. */
    private static final long MAX_TABLES = 1 << 22;
    /** 1 GiB, where QEMU stops too. */
    private static final long MAX_GRAIN_SECTORS = 0x200000;
    /** A compressed grain is held in memory as a whole; every product writes 64 KiB, this allows 1 MiB. */
    private static final long MAX_COMPRESSED_GRAIN_SECTORS = 2048;
    /** Descriptor texts are a few hundred bytes. */
    static final int MAX_DESCRIPTOR = 1 << 20;

    static boolean matches(ByteBuffer head) {
        return head.remaining() >= 4 && head.order(ByteOrder.LITTLE_ENDIAN).getInt(head.position()) == MAGIC;
    }

    /**
     * Reads and checks the fields that can be judged by themselves; what must lie inside the file is checked where it is
     * used.
     *
     * @param bytes {@link #SIZE} bytes in little-endian order
     * @param structure "header" or "footer"
     */
    static SparseHeader parse(ByteBuffer bytes, String file, String structure, long offset) {
        int at = bytes.position();
        if (bytes.getInt(at) != MAGIC) {
            throw VmdkError.VMDK_BAD_HEADER.at(file, structure, offset, "it does not begin with KDMV");
        }
        int version = bytes.getInt(at + 4);
        if (version < 1 || version > 3) {
            throw VmdkError.VMDK_UNSUPPORTED_VERSION.at(
                    file,
                    structure,
                    offset,
                    "version " + Integer.toUnsignedString(version) + " is not known (1 to 3 are)");
        }
        int flags = bytes.getInt(at + 8);
        if ((flags & FLAG_NEWLINE_TEST) != 0 && bytes.getInt(at + 73) != NEWLINES) {
            throw VmdkError.VMDK_TEXT_MODE_DAMAGE.at(
                    file, structure, offset, "its line-end check bytes were changed on the way");
        }
        int compression = Short.toUnsignedInt(bytes.getShort(at + 77));
        if (compression > 1) {
            throw VmdkError.VMDK_UNSUPPORTED_VERSION.at(
                    file, structure, offset, "compression algorithm " + compression + " is not known (0 and 1 are)");
        }
        if ((compression == 1) != ((flags & FLAG_COMPRESSED) != 0)
                || (compression == 1 && (flags & FLAG_MARKERS) == 0)) {
            throw VmdkError.VMDK_BAD_HEADER.at(
                    file,
                    structure,
                    offset,
                    String.format("flags %08x contradict compression algorithm %d", flags, compression));
        }
        SparseHeader header = new SparseHeader(
                version,
                flags,
                bytes.getLong(at + 12),
                bytes.getLong(at + 20),
                bytes.getLong(at + 28),
                bytes.getLong(at + 36),
                bytes.getInt(at + 44),
                bytes.getLong(at + 48),
                bytes.getLong(at + 56),
                bytes.getLong(at + 64),
                bytes.get(at + 72) != 0,
                compression == 1);
        String wrong = header.contradiction();
        if (!wrong.isEmpty()) {
            throw VmdkError.VMDK_BAD_HEADER.at(file, structure, offset, wrong);
        }
        return header;
    }

    private String contradiction() {
        if (capacity < 0 || capacity > MAX_SECTORS) {
            return "its capacity of " + Long.toUnsignedString(capacity) + " sectors is beyond any disk";
        }
        long maxGrain = compressed ? MAX_COMPRESSED_GRAIN_SECTORS : MAX_GRAIN_SECTORS;
        if (Long.bitCount(grainSectors) != 1 || grainSectors < 0 || grainSectors > maxGrain) {
            return "its grain size of " + Long.toUnsignedString(grainSectors) + " sectors is no power of two up to "
                    + maxGrain;
        }
        if (tableEntries < 1 || tableEntries > MAX_TABLE_ENTRIES) {
            return "a grain table of " + Integer.toUnsignedString(tableEntries) + " entries is not possible (1 to "
                    + MAX_TABLE_ENTRIES + " are)";
        }
        if (tables() > MAX_TABLES) {
            return "its capacity needs " + tables() + " grain tables, more than " + MAX_TABLES;
        }
        if (!isSector(overhead) || !isSector(redundantDirectory) || !(directory == AT_END || isSector(directory))) {
            return "an offset is beyond 32-bit sector numbers";
        }
        if (!isSector(descriptorOffset)
                || descriptorSectors < 0
                || descriptorSectors > MAX_DESCRIPTOR / Container.SECTOR) {
            return "its descriptor (" + Long.toUnsignedString(descriptorSectors) + " sectors at sector "
                    + Long.toUnsignedString(descriptorOffset) + ") is not possible";
        }
        return "";
    }

    private static boolean isSector(long sector) {
        return sector >= 0 && sector <= 0xffffffffL;
    }

    long virtualSize() {
        return capacity * Container.SECTOR;
    }

    int grainBytes() {
        return (int) (grainSectors * Container.SECTOR);
    }

    /** Number of grains, the last of which may be partial. */
    long grains() {
        return (capacity + grainSectors - 1) / grainSectors;
    }

    /** Number of grain tables, and of entries in the grain directory. */
    long tables() {
        long span = tableEntries * grainSectors;
        return (capacity + span - 1) / span;
    }

    int tableBytes() {
        return tableEntries * 4;
    }

    /** Sectors that a grain table takes in the file. */
    int tableSectors() {
        return (tableBytes() + Container.SECTOR - 1) / Container.SECTOR;
    }

    int directorySectors() {
        return (int) ((tables() * 4 + Container.SECTOR - 1) / Container.SECTOR);
    }

    boolean zeroedGrains() {
        return (flags & FLAG_ZEROED_GRAIN) != 0;
    }

    boolean redundant() {
        return (flags & FLAG_REDUNDANT) != 0 && redundantDirectory != 0;
    }

    boolean hasDescriptor() {
        return descriptorOffset != 0 && descriptorSectors != 0;
    }

    /** Whether a range of the file touches the header or the descriptor. */
    boolean touchesTexts(long offset, long length) {
        long from = descriptorOffset * Container.SECTOR;
        long to = from + descriptorSectors * Container.SECTOR;
        return offset < SIZE || (hasDescriptor() && offset < to && offset + length > from);
    }
}
