package io.vmferry.converter.stream;

import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The content as it is. */
final class RawStream implements BlockStream {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    @Override
    public @Nullable BlockEncoding encoding() {
        return null;
    }

    @Override
    public void content(ByteBuffer content, Piece piece) {
        piece.room(content.remaining()).put(content);
    }

    @Override
    public void encoded(ByteBuffer payload, int length, long crc32, Piece piece, String subject) {
        throw new IllegalArgumentException("a raw stream has no encoding");
    }

    @Override
    public void zeros(long length, Piece piece) {
        piece.repeat(ZEROS, length / ZEROS.capacity());
        piece.repeat(ZEROS.slice(0, (int) (length % ZEROS.capacity())), 1);
    }

    @Override
    public void nothing(Piece piece) {
        // No content, no bytes.
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
