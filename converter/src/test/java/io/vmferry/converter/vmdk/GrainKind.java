package io.vmferry.converter.vmdk;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What a delta says about one of its grains, and what that means for the disk. */
enum GrainKind {
    HOLE,
    ZERO,
    DATA;

    /** Runs of a few grains of one kind. */
    static GrainKind[] random(int size, int grain, RandomGenerator random) {
        GrainKind[] kinds = new GrainKind[(size + grain - 1) / grain];
        for (int at = 0; at < kinds.length; ) {
            int end = Math.min(kinds.length, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 7));
            Arrays.fill(kinds, at, end, values()[random.nextInt(3)]);
            at = end;
        }
        return kinds;
    }

    /** The disk that a delta over a parent makes; where the parent is shorter, it counts as zeros. */
    static byte[] over(byte[] parent, byte[] own, GrainKind[] kinds, int grain) {
        byte[] seen = new byte[own.length];
        for (int g = 0; g < kinds.length; g++) {
            int from = g * grain;
            int to = Math.min(own.length, from + grain);
            if (kinds[g] == DATA) {
                System.arraycopy(own, from, seen, from, to - from);
            } else if (kinds[g] == HOLE && from < parent.length) {
                System.arraycopy(parent, from, seen, from, Math.min(to, parent.length) - from);
            }
        }
        return seen;
    }
}
