package io.vmferry.converter.copy;

import io.vmferry.converter.digest.BlkHash;

/** Cuts a source into chunks. */
interface ChunkSource {
    /** Longest run of zeros in one chunk: appending it to the digest takes some ten milliseconds. */
    long ZERO_RUN = 64L << 30;

    /** The largest block that formats compress: a qcow2 cluster of 2 MiB. Larger grains are plain, and may be cut anywhere. */
    int LARGEST_ENCODED = 2 << 20;

    /** What chunks of a source begin at multiples of, so that no encoded block is cut. */
    static int grid(int blockSize) {
        return Math.max(BlkHash.BLOCK, Math.min(blockSize, LARGEST_ENCODED));
    }

    /**
     * Takes the next part of the disk into {@code chunk}: its range and pieces, and whatever can only be read in order.
     * Called by one thread at a time.
     *
     * @return false at the proven end, {@code chunk} untouched
     */
    boolean claim(Chunk chunk);

    /** Reads what {@link #claim} left; beside other chunks. */
    void load(Chunk chunk);
}
