package io.vmferry.converter.testing;

import io.vmferry.spi.image.ContentDigest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The content digest once more, word for word from its definition: what the engine's is held to. */
public final class BlkSum {
    private static final int BLOCK = 65536;

    private BlkSum() {}

    public static ContentDigest of(byte[] content) {
        MessageDigest root = sha256();
        for (int at = 0; at < content.length; at += BLOCK) {
            root.update(sha256().digest(Arrays.copyOfRange(content, at, Math.min(content.length, at + BLOCK))));
        }
        root.update(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(content.length)
                .array());
        return new ContentDigest(ContentDigest.BLKHASH, HexFormat.of().formatHex(root.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
