package io.vmferry.converter.copy;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;

/** An image that runs some code before each read: throws, sleeps, counts. */
class FaultyImage implements DiskImage {
    /** What happens before bytes of a disk offset are read. */
    @FunctionalInterface
    interface Fault {
        void before(long offset);
    }

    private final DiskImage image;
    private final Fault onExtent;
    private final Fault onRead;

    FaultyImage(DiskImage image, Fault onExtent, Fault onRead) {
        this.image = image;
        this.onExtent = onExtent;
        this.onRead = onRead;
    }

    @Override
    public ImageFacts facts() {
        return image.facts();
    }

    @Override
    public Extent extentAt(long offset) {
        onExtent.before(offset);
        return image.extentAt(offset);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        onRead.before(offset);
        image.read(offset, target);
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        onRead.before(extent.start());
        image.readEncoded(extent, target);
    }

    @Override
    public void close() {
        image.close();
    }
}
