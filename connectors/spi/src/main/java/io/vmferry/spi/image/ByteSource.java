package io.vmferry.spi.image;

import java.nio.ByteBuffer;

/**
 * Bytes that can be read anywhere: a file, a member of a tar, a range of either, later HTTP ranges.
 *
 * <p>Safe for many threads. Failures are {@link io.vmferry.spi.error.VmferryException}s.
 */
public interface ByteSource extends AutoCloseable {
    /** Name for messages, without secrets: a path, {@code web.ova!disk1.vmdk}, a URL without its query. */
    String name();

    /** Length in bytes. */
    long size();

    /**
     * Reads into {@code target} until it is full or the source ends.
     *
     * @return bytes read, less than {@code target.remaining()} only at the end of the source; 0 from the end on
     */
    int read(long offset, ByteBuffer target);

    /**
     * How far the bytes from {@code offset} on are known to be zero without reading them: the end of a hole of a sparse file.
     *
     * @param offset 0 ≤ offset ≤ size
     * @return the offset itself when nothing is known
     */
    default long zerosUntil(long offset) {
        return offset;
    }

    /**
     * Where the next such run of zeros may begin; nothing is known of the bytes before it.
     *
     * @return more than {@code offset}, unless that is the end; the size when there is none, or when nothing is known
     */
    default long dataUntil(long offset) {
        return size();
    }

    @Override
    void close();
}
