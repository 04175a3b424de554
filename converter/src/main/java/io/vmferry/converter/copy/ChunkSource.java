package io.vmferry.converter.copy;

/** Cuts a source into chunks. */
interface ChunkSource {
    /** Longest run of zeros in one chunk: appending it to the digest takes some ten milliseconds. */
    long ZERO_RUN = 64L << 30;

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
