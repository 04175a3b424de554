package io.vmferry.vmware.vsphere.disk;

import java.nio.ByteBuffer;

/**
 * Content of any length that is computed from the offset, so that it costs no memory.
 *
 * @param size bytes
 */
record NoiseFile(long size, long seed) {
    void read(long offset, ByteBuffer target) {
        long at = offset;
        while (target.hasRemaining() && at % 8 != 0) {
            target.put((byte) (word(at / 8) >>> (56 - 8 * (at % 8))));
            at++;
        }
        while (target.remaining() >= 8) {
            target.putLong(word(at / 8));
            at += 8;
        }
        for (; target.hasRemaining(); at++) {
            target.put((byte) (word(at / 8) >>> (56 - 8 * (at % 8))));
        }
    }

    byte[] bytes(long offset, int length) {
        byte[] bytes = new byte[length];
        read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private long word(long index) {
        long x = (index + seed) * 0x9E3779B97F4A7C15L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        return x ^ (x >>> 27);
    }
}
