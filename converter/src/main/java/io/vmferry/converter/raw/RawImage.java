package io.vmferry.converter.raw;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Any bytes as a disk. What the container knows to be zero is a hole; the rest is data, of which whoever reads it sees what is zero. */
final class RawImage implements DiskImage {
    private final ByteSource container;
    private final ImageFacts facts;

    RawImage(ByteSource container) {
        this.container = container;
        this.facts = new ImageFacts(RawFormat.ID, "", container.size(), 1, Map.of(), List.of());
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long offset) {
        Objects.checkIndex(offset, facts.virtualSize());
        long zeros = container.zerosUntil(offset);
        return zeros > offset
                ? Extent.hole(offset, zeros - offset)
                : Extent.data(offset, container.dataUntil(offset) - offset);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), facts.virtualSize());
        int wanted = target.remaining();
        int got = container.read(offset, target);
        if (got < wanted) {
            throw new VmferryException(
                    CommonError.READ_FAILED,
                    container.name() + " at offset " + (offset + got),
                    "the file ends here, but had " + facts.virtualSize() + " bytes when it was opened",
                    "Make sure that nothing else changes the file, then run the same command again.");
        }
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        throw new IllegalArgumentException("a raw image has no encoded extent: " + extent);
    }

    @Override
    public void close() {
        container.close();
    }
}
