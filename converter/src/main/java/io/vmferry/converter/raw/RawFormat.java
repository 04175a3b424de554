package io.vmferry.converter.raw;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageFormat;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.image.WritableFormat;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a disk as they are. Everything can be read as raw, so this format is asked last. */
public final class RawFormat implements ImageFormat, WritableFormat {
    public static final String ID = "raw";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean probe(ByteBuffer head) {
        return true;
    }

    @Override
    public DiskImage open(ByteSource container, Siblings siblings) {
        return new RawImage(container);
    }

    /** Null: a stream does not say how long it is, so its end could not be told from a cut. */
    @Override
    public @Nullable DiskStream openStream(ByteStream container) {
        return null;
    }

    /**
     * A raw disk in a stream whose length somebody else knows. The stream is owned by the result, and held to that length.
     *
     * @param size bytes
     */
    public static DiskStream passing(ByteStream container, long size) {
        return new RawPassing(container, size);
    }

    @Override
    public ImageWriter create(
            ByteStore store, long virtualSize, @Nullable BlockEncoding encoding, @Nullable Checkpoint from) {
        if (encoding != null) {
            throw new IllegalArgumentException("a raw image cannot hold " + encoding);
        }
        return RawWriter.open(store, virtualSize, from);
    }
}
