package io.vmferry.converter.testing;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Disk contents that have everything: zeros, text that shrinks, noise that does not, and blocks that are partly zero. */
public final class SampleDisk {
    private SampleDisk() {}

    public static RandomGenerator random(long seed) {
        System.out.println("seed " + seed);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public static byte[] content(long seed, int size) {
        RandomGenerator random = random(seed);
        byte[] content = new byte[size];
        for (int start = 0; start < size; ) {
            int end = Math.min(size, start + 4096 * random.nextInt(1, 64));
            int kind = random.nextInt(5);
            for (int i = start; i < end && kind > 0; i++) {
                content[i] = (byte) (kind == 1 ? random.nextInt() : "grain cluster extent".charAt(random.nextInt(20)));
            }
            start = end;
        }
        return content;
    }
}
