package io.vmferry.converter.digest;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Hashes single blocks and tells zero ones. One per thread; keeps its buffers between calls. */
public final class BlockHasher {
    private static final byte[] ZEROS = new byte[BlkHash.BLOCK];

    private final MessageDigest sha256 = sha256();
    // The JDK takes a direct buffer in pieces of 4 KiB; one copy into an array of its own is faster.
    private final byte[] block = new byte[BlkHash.BLOCK];
    private int length;

    /**
     * Takes the next block in.
     *
     * @param content at most {@link BlkHash#BLOCK} bytes between position and limit, which stay as they are
     * @return true when all of them are zero
     */
    public boolean load(ByteBuffer content) {
        length = content.remaining();
        content.get(content.position(), block, 0, length);
        return Arrays.mismatch(block, 0, length, ZEROS, 0, length) < 0;
    }

    /** Writes the digest of the block that was loaded last, {@link BlkHash#DIGEST} bytes. */
    public void digest(byte[] target, int offset) {
        sha256.update(block, 0, length);
        try {
            sha256.digest(target, offset, BlkHash.DIGEST);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a digest at " + offset, e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
