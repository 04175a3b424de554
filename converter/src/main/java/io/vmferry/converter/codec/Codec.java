package io.vmferry.converter.codec;

import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;

/**
 * Decodes and encodes single blocks in one {@link BlockEncoding}. It keeps its working memory between calls, partly outside
 * the heap, until it is closed.
 *
 * <p>Used by one thread at a time. Direct buffers are the fast way; heap buffers work and are copied. Failures are {@link
 * io.vmferry.spi.error.VmferryException}s with a {@link CodecError}; their subject is only "compressed block of n bytes",
 * because the caller alone knows where the block came from.
 */
public interface Codec extends AutoCloseable {
    BlockEncoding encoding();

    /** Name of the library, for {@code --version -v} and benchmarks. */
    String library();

    /**
     * Decodes the block that begins at the payload's position. What follows its end up to the limit is left unread: some
     * containers tell only a rounded size.
     *
     * @param payload afterwards positioned at the first byte behind the compressed data
     * @param content takes the decoded bytes
     * @return bytes decoded, at most what was remaining in {@code content}; fewer when the block holds fewer
     */
    int decodeUpTo(ByteBuffer payload, ByteBuffer content);

    /** Like {@link #decodeUpTo}, but the block must hold exactly what remains in {@code content}. */
    default void decode(ByteBuffer payload, ByteBuffer content) {
        int size = payload.remaining();
        int wanted = content.remaining();
        int got = decodeUpTo(payload, content);
        if (got != wanted) {
            throw Malformed.wrongSize(size, "it holds " + got + " bytes of content instead of " + wanted);
        }
    }

    /**
     * Encodes all that remains in {@code content} as one block.
     *
     * @param payload takes the compressed bytes; offer less room than the content has and what does not shrink is told apart
     * @return false when it does not fit; both buffers' positions are as before then
     */
    boolean encode(ByteBuffer content, ByteBuffer payload);

    @Override
    void close();
}
