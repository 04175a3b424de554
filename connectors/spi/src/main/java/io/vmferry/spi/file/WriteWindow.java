package io.vmferry.spi.file;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes of one aligned stretch of a file that wait until all of it is there. Guarded by its store's lock, save that whoever
 * pinned it may copy into its own range.
 */
final class WriteWindow {
    final long start;
    final ByteBuffer bytes;
    /** Start to end of what is there, inside the window; neighbours are merged. */
    private final TreeMap<Integer, Integer> ranges = new TreeMap<>();

    /** Threads that are copying into it. */
    int pins;

    /** @param bytes the window's size, aligned in memory as well */
    WriteWindow(long start, ByteBuffer bytes) {
        this.start = start;
        this.bytes = bytes;
    }

    long end() {
        return start + bytes.capacity();
    }

    Iterable<Map.Entry<Integer, Integer>> ranges() {
        return ranges.entrySet();
    }

    boolean isFull() {
        Map.Entry<Integer, Integer> first = ranges.firstEntry();
        return first != null && first.getKey() == 0 && first.getValue() == bytes.capacity();
    }

    /** Notes that a range is there, perhaps once more. */
    void add(int from, int to) {
        if (from == to) {
            return;
        }
        int low = from;
        int high = to;
        Map.Entry<Integer, Integer> other = ranges.floorEntry(to);
        while (other != null && other.getValue() >= from) {
            low = Math.min(low, other.getKey());
            high = Math.max(high, other.getValue());
            ranges.remove(other.getKey());
            other = ranges.floorEntry(to);
        }
        ranges.put(low, high);
    }
}
