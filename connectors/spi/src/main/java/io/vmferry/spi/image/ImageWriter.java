package io.vmferry.spi.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one image, front to back, from many threads.
 *
 * <p>Writing has two phases so that the result does not depend on timing. {@link #place} decides where content goes: it is
 * called in ascending order, by one thread at a time, and does no I/O. The {@link Placement} it gives may then be written by
 * any thread, beside others. The same blocks therefore give the same file, byte for byte, however many threads there are.
 */
public interface ImageWriter extends AutoCloseable {
    /** Every block begins at a multiple of this and ends at one, or at the end of the disk. Bytes, a power of two. */
    int blockSize();

    /** The encoding in which this writer takes a ready block of {@link #blockSize()} bytes; null: none, plain data only. */
    @Nullable
    BlockEncoding encoding();

    /** Whether ready blocks should come with the {@linkplain Block#crc32 CRC-32} of their content; without it they cost more. */
    default boolean wantsCrc32() {
        return false;
    }

    /**
     * Reserves room for the next blocks. They follow the ones of the call before without a gap; zeros and holes are passed
     * too. Payloads stay the caller's; they must not change until {@link Placement#write} has returned.
     */
    Placement place(List<Block> blocks);

    /**
     * Makes everything placed so far durable and says how to go on from here after a crash. All placements were written
     * before the call, and none is written during it.
     */
    Checkpoint checkpoint();

    /** Bytes of the store in use so far, metadata included as far as it is laid out. */
    long bytesWritten();

    /** Writes what is missing of the metadata and makes the image durable. The whole virtual disk was placed before. */
    void finish();

    /** Gives up what is not finished; the store keeps what was written, for a later continuation. */
    @Override
    void close();
}
