package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;

/**
 * What precedes each block of a streamOptimized image: u64 value, u32 size. With a size, a compressed grain follows at once
 * and the value is its LBA in sectors; without, a u32 type tells what begins in the next sector and the value is its length
 * in sectors.
 */
record GrainMarker(long value, int size, int type) {
    /** Bytes of a grain's marker. A metadata marker takes a whole sector. */
    static final int SIZE = 12;

    static final int END_OF_STREAM = 0;
    static final int GRAIN_TABLE = 1;
    static final int GRAIN_DIRECTORY = 2;
    static final int FOOTER = 3;

    /** @param bytes at least 16, in little-endian order */
    static GrainMarker parse(ByteBuffer bytes, int at) {
        return new GrainMarker(bytes.getLong(at), bytes.getInt(at + 8), bytes.getInt(at + 12));
    }

    boolean isGrain() {
        return size != 0;
    }

    /**
     * Checks a grain's marker.
     *
     * @param lba sector at which the grain must lie on the disk
     */
    void require(SparseHeader header, long lba, String file, long offset) {
        if (value != lba) {
            throw VmdkError.VMDK_BAD_MARKER.at(
                    file,
                    "grain marker",
                    offset,
                    "it belongs to LBA " + Long.toUnsignedString(value) + " instead of " + lba);
        }
        requireSize(header, file, offset);
    }

    /** Deflate expands what it cannot compress by a few bytes only; two grains is where QEMU gives up, too. */
    void requireSize(SparseHeader header, String file, long offset) {
        if (size <= 0 || size > 2 * header.grainBytes() - SIZE) {
            throw VmdkError.VMDK_BAD_MARKER.at(
                    file,
                    "grain marker",
                    offset,
                    "a grain of " + header.grainBytes() + " bytes cannot be compressed to "
                            + Integer.toUnsignedString(size));
        }
    }

    /** Sectors from one marker to the next, for a grain. */
    static long sectors(int size) {
        return ((long) SIZE + size + Container.SECTOR - 1) / Container.SECTOR;
    }
}
