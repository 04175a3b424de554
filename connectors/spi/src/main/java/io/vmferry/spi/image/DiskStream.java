package io.vmferry.spi.image;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A virtual disk that passes by once, front to back: an NFC export, a disk in a gzip'd file or a pipe.
 *
 * <p>Used by one thread. Extents come in ascending order without gaps, from 0 to {@link #virtualSize()}. The end is reported
 * only after the container's own end mark was seen; a stream that stops without one throws.
 */
public interface DiskStream extends AutoCloseable {
    ImageFacts facts();

    default long virtualSize() {
        return facts().virtualSize();
    }

    /** The next extent, or null at the proven end. Payload of the one before that was not read is skipped. */
    @Nullable
    Extent next();

    /**
     * Reads the payload of the current extent: content for {@link ExtentKind#DATA} (in as many calls as the caller likes),
     * the stored bytes for {@link ExtentKind#ENCODED} (in one call).
     */
    void readPayload(ByteBuffer target);

    @Override
    void close();
}
