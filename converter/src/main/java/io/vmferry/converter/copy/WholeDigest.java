package io.vmferry.converter.copy;

import io.vmferry.converter.digest.BlkHash;
import io.vmferry.spi.image.ContentDigest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The plain SHA-256 of the raw content, as {@code sha256sum} prints it. Each byte depends on all before it, so that one thread at
 * a time does it, in order; the work on other chunks goes on beside. Zeros count like all else.
 */
final class WholeDigest {
    /** Longest run of zeros in a chunk with this digest: takes a tenth of a second on a slow processor. */
    static final long ZERO_RUN = 32 << 20;

    private static final byte[] ZEROS = new byte[BlkHash.BLOCK];

    private final MessageDigest sha256;
    // The JDK takes a direct buffer in pieces of 4 KiB; one copy into an array is faster.
    private final byte[] block = new byte[BlkHash.BLOCK];
    private long length;

    WholeDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Takes the next chunk, whose content was kept. */
    void append(Chunk chunk) {
        length += chunk.end - chunk.start;
        if (chunk.zeroRun) {
            for (long left = chunk.end - chunk.start; left > 0; left -= ZEROS.length) {
                sha256.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
            }
            return;
        }
        for (int i = 0; i < chunk.blockCount(); i++) {
            int size = chunk.blockLength(i);
            if (chunk.kinds[i] == Chunk.Kind.ZERO) {
                sha256.update(ZEROS, 0, size);
            } else {
                ByteBuffer content = chunk.content().clear();
                content.get(i * BlkHash.BLOCK, block, 0, size);
                sha256.update(block, 0, size);
            }
        }
    }

    /** Ends the digest; nothing can be appended afterwards. */
    ContentDigest finish(long size) {
        if (length != size) {
            throw new IllegalStateException(length + " bytes were digested of a disk of " + size);
        }
        return new ContentDigest(ContentDigest.SHA256, HexFormat.of().formatHex(sha256.digest()));
    }
}
