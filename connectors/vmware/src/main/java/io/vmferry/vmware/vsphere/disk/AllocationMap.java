package io.vmferry.vmware.vsphere.disk;

import java.util.Arrays;
import java.util.List;

/**
 * Which bytes of a flat file may hold something; the rest is zero and need not be read. Runs of zeros shorter than a request
 * is worth count as data.
 *
 * <p>Immutable.
 */
public final class AllocationMap {
    /** Shorter gaps are read: asking twice costs more. CBT's own areas are multiples of this. */
    static final long GAP = 64 << 10;

    /** A file of which nothing is known. */
    public static final AllocationMap ALL = new AllocationMap(new long[] {0}, new long[] {Long.MAX_VALUE});

    private final long[] starts;
    private final long[] ends;

    private AllocationMap(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /**
     * Allocated bytes.
     *
     * @param start first byte
     * @param end first byte after them
     */
    public record Run(long start, long end) {}

    /** @param runs in any order; they may touch and overlap */
    public static AllocationMap of(List<Run> runs) {
        Run[] sorted = runs.stream()
                .filter(run -> run.end > run.start)
                .sorted((a, b) -> Long.compare(a.start, b.start))
                .toArray(Run[]::new);
        long[] starts = new long[sorted.length];
        long[] ends = new long[sorted.length];
        int n = 0;
        for (Run run : sorted) {
            if (n > 0 && run.start - ends[n - 1] < GAP) {
                ends[n - 1] = Math.max(ends[n - 1], run.end);
            } else {
                starts[n] = run.start;
                ends[n++] = run.end;
            }
        }
        return new AllocationMap(Arrays.copyOf(starts, n), Arrays.copyOf(ends, n));
    }

    /** Where the run of zeros at the offset ends; the offset itself inside data; {@link Long#MAX_VALUE} behind all data. */
    long zerosUntil(long offset) {
        int next = runEndingAfter(offset);
        return next == ends.length ? Long.MAX_VALUE : Math.max(offset, starts[next]);
    }

    /** Where the data at the offset ends; for an offset in zeros, where the next data does. */
    long dataUntil(long offset) {
        int next = runEndingAfter(offset);
        return next == ends.length ? Long.MAX_VALUE : ends[next];
    }

    /** Allocated bytes before {@code size}. */
    long allocated(long size) {
        long sum = 0;
        for (int i = 0; i < starts.length && starts[i] < size; i++) {
            sum += Math.min(ends[i], size) - starts[i];
        }
        return sum;
    }

    private int runEndingAfter(long offset) {
        int found = Arrays.binarySearch(ends, offset + 1);
        return found >= 0 ? found : -found - 1;
    }
}
