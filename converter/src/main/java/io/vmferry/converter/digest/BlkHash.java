package io.vmferry.converter.digest;

import io.vmferry.spi.image.ContentDigest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The root of a content digest: blkhash with SHA-256 and 64 KiB blocks, the same that {@code nbdcopy --blkhash} and {@code
 * blksum} print.
 *
 * <p>SHA-256 over the SHA-256 of every block in order, then the disk's length in bytes as 64 bits little-endian. A short last
 * block is hashed as it is. Blocks may be hashed anywhere ({@link BlockHasher}); their digests are appended here in order, by
 * one thread at a time.
 */
public final class BlkHash {
    /** Bytes of content per block. */
    public static final int BLOCK = 64 << 10;

    /** Bytes of a block's digest. */
    public static final int DIGEST = 32;

    /** The digest of a whole block of zeros is always the same; a run of them is appended in pieces of this many. */
    private static final int ZERO_RUN = 2048;

    private static final byte[] ZEROS = zeroRun();

    private final MessageDigest root = JdkSha256.create();
    private long blocks;

    /** Appends the digests of the next {@code count} blocks. */
    public void append(byte[] digests, int offset, int count) {
        root.update(digests, offset, count * DIGEST);
        blocks += count;
    }

    /** Appends the next {@code count} blocks as whole blocks of zeros. */
    public void appendZeros(long count) {
        for (long left = count; left > 0; left -= ZERO_RUN) {
            root.update(ZEROS, 0, (int) Math.min(left, ZERO_RUN) * DIGEST);
        }
        blocks += count;
    }

    /** Blocks appended so far. */
    public long blocks() {
        return blocks;
    }

    /**
     * Ends the digest; nothing can be appended afterwards.
     *
     * @param size bytes of the disk
     */
    public ContentDigest finish(long size) {
        if (blocks != (size + BLOCK - 1) / BLOCK) {
            throw new IllegalStateException(blocks + " blocks were digested for a disk of " + size + " bytes");
        }
        root.update(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, size));
        return new ContentDigest(ContentDigest.BLKHASH, HexFormat.of().formatHex(root.digest()));
    }

    private static byte[] zeroRun() {
        byte[] one = JdkSha256.create().digest(new byte[BLOCK]);
        byte[] run = new byte[ZERO_RUN * DIGEST];
        for (int at = 0; at < run.length; at += DIGEST) {
            System.arraycopy(one, 0, run, at, DIGEST);
        }
        return run;
    }
}
