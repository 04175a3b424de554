package io.vmferry.simulator.vsphere.disk;

import java.nio.ByteBuffer;

/** Zeros to write from, without allocating them each time. */
final class Zeros {
    private static final ByteBuffer SOME = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private Zeros() {}

    /** @param length at most 1 MiB */
    static ByteBuffer of(int length) {
        return SOME.slice(0, length);
    }

    static void fill(ByteBuffer target, long length) {
        for (long left = length; left > 0; ) {
            int n = (int) Math.min(left, SOME.capacity());
            target.put(of(n));
            left -= n;
        }
    }
}
