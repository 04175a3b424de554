package io.vmferry.converter.stream;

import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Turns blocks of a disk into pieces of a body; each piece stands for itself. Safe for many threads. */
interface BlockStream extends AutoCloseable {
    /** What ready blocks are taken in; null: none. */
    @Nullable
    BlockEncoding encoding();

    /** Whether ready blocks should come with the CRC-32 of their content. */
    default boolean wantsCrc32() {
        return false;
    }

    /** Content to be sent without being compressed. */
    void content(ByteBuffer content, Piece piece);

    /**
     * A ready block.
     *
     * @param payload may have more bytes behind the end of the compressed data
     * @param length bytes of the disk that the block stands for; it may hold more behind the disk's end
     * @param crc32 of the block's content, or {@link io.vmferry.spi.image.Block#NO_CRC}
     * @param subject for messages
     */
    void encoded(ByteBuffer payload, int length, long crc32, Piece piece, String subject);

    void zeros(long length, Piece piece);

    /** What stands for no content at all, as an empty body is no body in most encodings. */
    void nothing(Piece piece);

    @Override
    void close();
}
