package io.vmferry.vmware.files.disk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A disk that a descriptor asks for without giving a file: all of it is a hole. */
record BlankDisk(long size) implements DiskImage {
    @Override
    public ImageFacts facts() {
        return new ImageFacts("raw", "blank", size, 1, Map.of(), List.of());
    }

    @Override
    public Extent extentAt(long offset) {
        return Extent.hole(offset, size - offset);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        throw new IllegalArgumentException("a blank disk has no encoded extents");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
