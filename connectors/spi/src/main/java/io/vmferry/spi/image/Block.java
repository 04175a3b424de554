package io.vmferry.spi.image;

import java.nio.ByteBuffer;

/**
 * A piece of disk content on its way to a writer.
 *
 * @param payload between position and limit: the content for {@link ExtentKind#DATA}, the compressed bytes for {@link
 *     ExtentKind#ENCODED}, nothing for zeros and holes
 * @param crc32 CRC-32 of the content of an {@link ExtentKind#ENCODED} block of full length, for a writer that {@linkplain
 *     ImageWriter#wantsCrc32 wants} it: whoever decoded the block has it for next to nothing. The payload then ends where the
 *     compressed data end. {@link #NO_CRC} when nobody computed it
 */
public record Block(Extent extent, ByteBuffer payload, long crc32) {
    public static final long NO_CRC = -1;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    public Block(Extent extent, ByteBuffer payload) {
        this(extent, payload, NO_CRC);
    }

    public static Block empty(Extent extent) {
        return new Block(extent, NOTHING);
    }
}
