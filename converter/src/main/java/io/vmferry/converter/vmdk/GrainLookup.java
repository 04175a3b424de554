package io.vmferry.converter.vmdk;

/** Where the grains of a sparse extent lie in its file. Safe for many threads. */
interface GrainLookup {
    /** Not allocated: shows the parent. */
    long HOLE = 0;
    /** Allocated as zeros: hides the parent and takes no room. */
    long ZEROED = 1;

    /** Number of grains, the last of which may be partial. */
    long grains();

    /** {@link #HOLE}, {@link #ZEROED}, or the sector in which the grain begins; checked to lie in the file. */
    long sector(long grain);

    /** The first grain behind {@code grain} that is not of the same nature, or where looking on would be much work. */
    long endOfEmpty(long grain, long nature);

    /**
     * The first grain behind {@code grain}, itself at {@code sector}, that does not follow it in the file without a gap; not
     * beyond {@code limit}.
     */
    long endOfAdjacent(long grain, long sector, long limit);
}
