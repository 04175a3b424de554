package io.vmferry.spi.image;

import java.nio.ByteBuffer;

/** Bytes that pass by once. Used by one thread. Failures are {@link io.vmferry.spi.error.VmferryException}s. */
public interface ByteStream extends AutoCloseable {
    /** Name for messages, without secrets. */
    String name();

    /**
     * Reads into {@code target} until it is full or the stream ends.
     *
     * @return bytes read, less than {@code target.remaining()} only at the end; 0 from the end on
     */
    int read(ByteBuffer target);

    @Override
    void close();
}
