package io.vmferry.spi.image;

import org.jspecify.annotations.Nullable;

/** A disk format that can be written. Implementations have no state. */
public interface WritableFormat {
    String id();

    /**
     * Starts an image, or continues one.
     *
     * @param store where it goes; owned by the caller, who closes it after the writer
     * @param virtualSize bytes, any number from 0 on
     * @param encoding how data blocks are to be stored; null leaves them as they are
     * @param from continue behind this checkpoint of a writer of the same format, size and encoding; null starts anew
     */
    ImageWriter create(ByteStore store, long virtualSize, @Nullable BlockEncoding encoding, @Nullable Checkpoint from);
}
