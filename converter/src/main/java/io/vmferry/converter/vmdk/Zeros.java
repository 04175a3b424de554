package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;

/** Zero bytes: filling a buffer with them, and telling whether it holds nothing else. */
final class Zeros {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16);

    private Zeros() {}

    static void fill(ByteBuffer target, int length) {
        for (int left = length; left > 0; ) {
            int n = Math.min(left, ZEROS.capacity());
            target.put(ZEROS.slice(0, n));
            left -= n;
        }
    }

    /** Whether all that remains is zero; the position stays. */
    static boolean only(ByteBuffer bytes) {
        ByteBuffer rest = bytes.slice();
        while (rest.hasRemaining()) {
            int n = Math.min(rest.remaining(), ZEROS.capacity());
            ByteBuffer part = rest.slice(rest.position(), n);
            if (part.mismatch(ZEROS.slice(0, n)) >= 0) {
                return false;
            }
            rest.position(rest.position() + n);
        }
        return true;
    }
}
