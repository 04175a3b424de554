package io.vmferry.converter.stream;

import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Turns blocks of a disk into pieces of a body; each piece stands for itself. Safe for many threads. */
interface BlockStream extends AutoCloseable {
    /** What ready blocks are taken in; null: none. */
    @Nullable
    BlockEncoding encoding();

    /** Content to be sent without being compressed. */
    void content(ByteBuffer content, Piece piece);

    /**
     * A ready block.
     *
     * @param payload may have more bytes behind the end of the compressed data
     * @param length bytes of the disk that the block stands for; it may hold more behind the disk's end
     * @param subject for messages
     */
    void encoded(ByteBuffer payload, int length, Piece piece, String subject);

    void zeros(long length, Piece piece);

    /** What stands for no content at all, as an empty body is no body in most encodings. */
    void nothing(Piece piece);

    @Override
    void close();
}
