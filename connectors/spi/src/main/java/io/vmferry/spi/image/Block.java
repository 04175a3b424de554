package io.vmferry.spi.image;

import java.nio.ByteBuffer;

/**
 * A piece of disk content on its way to a writer.
 *
 * @param payload between position and limit: the content for {@link ExtentKind#DATA}, the compressed bytes for {@link
 *     ExtentKind#ENCODED}, nothing for zeros and holes
 */
public record Block(Extent extent, ByteBuffer payload) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    public static Block empty(Extent extent) {
        return new Block(extent, NOTHING);
    }
}
