package io.vmferry.spi.image;

import java.nio.ByteBuffer;

/**
 * Bytes that can be written anywhere and read back: a file, a block device.
 *
 * <p>Safe for many threads on disjoint ranges. Failures are {@link io.vmferry.spi.error.VmferryException}s.
 */
public interface ByteStore extends ByteSource {
    /** Writes all that remains in {@code source}; grows the store where needed. */
    void write(long offset, ByteBuffer source);

    /** Makes a range read as zeros, as a hole where the medium can. It may reach beyond the end, which then moves. */
    void zero(long offset, long length);

    /** Sets the length; what is added reads as zeros, what is cut is gone. A block device only checks that it fits. */
    void resize(long size);

    /** Returns when everything written is on the medium. */
    void force();
}
