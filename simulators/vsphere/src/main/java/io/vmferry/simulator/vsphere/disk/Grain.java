package io.vmferry.simulator.vsphere.disk;

import java.nio.ByteBuffer;

/** What was written over 4 KiB of a disk. */
sealed interface Grain {
    int SIZE = 4096;

    /** Unmapped or zeroed: reads as zeros and hides what lies below. */
    Grain ZERO = new Zero();

    /** Puts a part of the content. */
    void put(int from, int length, ByteBuffer target);

    /** See {@link #ZERO}. */
    record Zero() implements Grain {
        @Override
        public void put(int from, int length, ByteBuffer target) {
            target.put(Zeros.of(length));
        }
    }

    /** Computed each time, so that a large delta costs no memory. */
    record Computed(long seed, long number) implements Grain {
        @Override
        public void put(int from, int length, ByteBuffer target) {
            byte[] content = new byte[SIZE];
            SeededContent.fill(content, seed, number);
            target.put(content, from, length);
        }
    }

    /** Kept as it was written; the array is never changed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Stored(byte[] content) implements Grain {
        @Override
        public void put(int from, int length, ByteBuffer target) {
            target.put(content, from, length);
        }
    }
}
