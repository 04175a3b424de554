package io.vmferry.converter.digest;

import java.nio.ByteBuffer;

/** Hashes single blocks and tells zero ones. One per thread. */
public final class BlockHasher {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BlkHash.BLOCK);

    private final Sha256 sha256 = Sha256s.best();

    /** Whether all bytes between position and limit are zero, at most {@link BlkHash#BLOCK} of them. */
    public static boolean isZero(ByteBuffer content) {
        return content.mismatch(ZEROS.slice(0, content.remaining())) < 0;
    }

    /**
     * Writes the digest of a block, {@link BlkHash#DIGEST} bytes.
     *
     * @param content at most {@link BlkHash#BLOCK} bytes between position and limit, which stay as they are; direct is fastest
     */
    public void digest(ByteBuffer content, byte[] target, int offset) {
        sha256.digest(content, target, offset);
    }
}
