package io.vmferry.converter.digest;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's own: works everywhere. */
final class JdkSha256 implements Sha256 {
    private final MessageDigest sha256 = create();
    // The JDK takes a direct buffer in pieces of 4 KiB; one copy into an array of its own is faster.
    private byte[] block = new byte[0];

    @Override
    public void digest(ByteBuffer content, byte[] target, int offset) {
        int length = content.remaining();
        if (content.hasArray()) {
            sha256.update(content.array(), content.arrayOffset() + content.position(), length);
        } else {
            if (block.length < length) {
                block = new byte[length];
            }
            content.get(content.position(), block, 0, length);
            sha256.update(block, 0, length);
        }
        try {
            sha256.digest(target, offset, BlkHash.DIGEST);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a digest at " + offset, e);
        }
    }

    @Override
    public String library() {
        return "JDK";
    }

    static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
