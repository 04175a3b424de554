package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Disk content for tests: runs of zeros, text that compresses, and noise that does not. */
final class Contents {
    private Contents() {}

    static RandomGenerator random(long seed) {
        System.out.println("seed " + seed);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** @param run length of a run of one kind, bytes */
    static byte[] mixed(int size, int run, RandomGenerator random) {
        byte[] content = new byte[size];
        for (int at = 0; at < size; at += run) {
            int end = Math.min(size, at + run);
            switch (random.nextInt(4)) {
                case 0, 1 -> Arrays.fill(content, at, end, (byte) 0);
                case 2 -> {
                    for (int i = at; i < end; i++) {
                        content[i] = (byte) ("grain " + at).charAt(i % 7);
                    }
                }
                default -> {
                    byte[] noise = new byte[end - at];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, content, at, noise.length);
                }
            }
        }
        // The first and the last sector are the ones that are lost most easily.
        content[0] = 1;
        content[size - 1] = 2;
        return content;
    }

    /** Names the first difference, which a printout of megabytes would not. */
    static void assertReads(DiskImage disk, byte[] expected) {
        ByteBuffer all = ByteBuffer.allocate((int) disk.virtualSize());
        disk.read(0, all);
        int difference = Arrays.mismatch(all.array(), expected);
        if (difference >= 0) {
            throw new AssertionError("byte " + difference + " of " + expected.length + " differs; read "
                    + all.capacity() + " as " + disk.facts());
        }
    }

    static boolean isZero(byte[] content, int from, int to) {
        for (int i = from; i < to; i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
