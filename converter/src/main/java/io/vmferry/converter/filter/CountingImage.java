package io.vmferry.converter.filter;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is read. */
public final class CountingImage implements DiskImage {
    private final DiskImage image;
    private final LongAdder contentBytes = new LongAdder();
    private final LongAdder encodedBytes = new LongAdder();

    public CountingImage(DiskImage image) {
        this.image = image;
    }

    /** Bytes of content read decoded. */
    public long contentBytes() {
        return contentBytes.sum();
    }

    /** Bytes of payload read as they lie in the container. */
    public long encodedBytes() {
        return encodedBytes.sum();
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
        int length = target.remaining();
        image.read(offset, target);
        contentBytes.add(length);
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        image.readEncoded(extent, target);
        EncodedBlock block = extent.encoded();
        encodedBytes.add(block == null ? 0 : block.size());
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
