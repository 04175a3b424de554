package io.vmferry.converter.vmdk;

import java.util.Arrays;

/**
 * The check that tables or grains do not share room in the file. Without it a small hostile file could name the same grain
 * again and again and claim endless content.
 */
final class Spacing {
    private Spacing() {}

    /**
     * Whether all sector numbers from {@code first} to {@code last} are at least {@code spacing} apart. Others mark absence
     * or are out of the file, and are judged where they are used.
     *
     * @param sectors unsigned
     */
    static boolean holds(int[] sectors, long first, long last, long spacing) {
        if (ascends(sectors, first, last, spacing)) {
            return true; // as every product writes them when it fills a new image
        }
        int[] sorted = sectors.clone();
        // Flipping the sign bit makes the signed order of sort() the unsigned order.
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Integer.MIN_VALUE;
        }
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Integer.MIN_VALUE;
        }
        return ascends(sorted, first, last, spacing);
    }

    private static boolean ascends(int[] sectors, long first, long last, long spacing) {
        long next = first;
        for (int entry : sectors) {
            long sector = Integer.toUnsignedLong(entry);
            if (sector < first || sector > last) {
                continue;
            }
            if (sector < next) {
                return false;
            }
            next = sector + spacing;
        }
        return true;
    }
}
