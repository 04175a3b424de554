package io.vmferry.spi.image;

import java.nio.ByteBuffer;

/**
 * A virtual disk that can be read anywhere.
 *
 * <p>All offsets and lengths are bytes of the <em>virtual</em> disk. Every method may be called from many threads at the
 * same time; more than {@link #readers()} of them gain nothing. Failures are {@link
 * io.vmferry.spi.error.VmferryException}s that name file, structure and offset; a truncated container is always an error and
 * never zeros.
 *
 * <p>Rate limits, retries, progress and fault injection are wrappers around this interface.
 */
public interface DiskImage extends AutoCloseable {
    ImageFacts facts();

    default long virtualSize() {
        return facts().virtualSize();
    }

    /**
     * The extent that contains {@code offset}. It starts at {@code offset} and reaches as far as its nature is known without
     * much work, except that an {@link ExtentKind#ENCODED} extent is always its whole block, which may begin earlier.
     *
     * @param offset 0 ≤ offset &lt; virtual size
     */
    Extent extentAt(long offset);

    /**
     * Fills {@code target} up to its limit with decoded content from {@code offset} on. Zeros and holes are filled in.
     *
     * @param offset offset + target.remaining() ≤ virtual size
     */
    void read(long offset, ByteBuffer target);

    /**
     * Reads the stored payload of an {@link ExtentKind#ENCODED} extent of this image, {@code extent.encoded().size()} bytes,
     * as it lies in the container, unchecked.
     */
    void readEncoded(Extent extent, ByteBuffer target);

    /** How many threads can read at the same time with profit; a remote source has only so many connections. */
    default int readers() {
        return Integer.MAX_VALUE;
    }

    /** Closes the container as well. */
    @Override
    void close();
}
