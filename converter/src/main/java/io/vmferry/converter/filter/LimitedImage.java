package io.vmferry.converter.filter;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;

/** Reads no faster than a rate. Compressed blocks count with what is read of them, decoded content with its own length. */
public final class LimitedImage implements DiskImage {
    private final DiskImage image;
    private final RateLimit limit;
    private volatile boolean released;

    public LimitedImage(DiskImage image, RateLimit limit) {
        this.image = image;
        this.limit = limit;
    }

    /** Ends the waiting: reads that wait go on at once, and later ones do not wait. For a copy that is given up. */
    public void release() {
        released = true;
    }

    private void take(long bytes) {
        if (!released) {
            limit.take(bytes, () -> released);
        }
    }

    @Override
    public ImageFacts facts() {
        return image.facts();
    }

    @Override
    public Extent extentAt(long offset) {
        return image.extentAt(offset);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        take(target.remaining());
        image.read(offset, target);
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        EncodedBlock block = extent.encoded();
        take(block == null ? 0 : block.size());
        image.readEncoded(extent, target);
    }

    @Override
    public int readers() {
        return image.readers();
    }

    @Override
    public void close() {
        image.close();
    }
}
