package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Content that lies in a file as it is, from some offset on: extents of type FLAT and VMFS. */
final class FlatPart implements DiskImage {
    private final Container file;
    private final long offset;
    private final ImageFacts facts;

    /** @param offset and length in bytes; the file must hold all of it */
    FlatPart(Container file, long offset, long length) {
        if (!file.contains(offset, length)) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(),
                    "flat extent",
                    offset,
                    "the descriptor says " + length + " bytes but the file ends at " + file.size());
        }
        this.file = file;
        this.offset = offset;
        this.facts = new ImageFacts(DiskFacts.FORMAT, "", length, 1, Map.of(), List.of());
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long at) {
        Objects.checkIndex(at, virtualSize());
        long zeros = file.source().zerosUntil(offset + at) - offset;
        if (zeros > at) {
            return Extent.hole(at, Math.min(zeros, virtualSize()) - at);
        }
        long end = file.source().dataUntil(offset + at) - offset;
        return Extent.data(at, Math.min(end, virtualSize()) - at);
    }

    @Override
    public void read(long at, ByteBuffer target) {
        Objects.checkFromIndexSize(at, target.remaining(), virtualSize());
        file.fill(offset + at, target, "flat extent");
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        throw new IllegalArgumentException(extent + " is not compressed; no extent of this image is");
    }

    @Override
    public void close() {
        file.source().close();
    }
}
