package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A disk made of parts that follow each other. */
final class JoinedDisk implements DiskImage {
    /** @param image null for a part that is zero and has no file */
    record Part(long length, @Nullable DiskImage image) {}

    private final ImageFacts facts;
    private final List<Part> parts;
    private final long[] starts;

    JoinedDisk(ImageFacts facts, List<Part> parts) {
        this.facts = facts;
        this.parts = List.copyOf(parts);
        this.starts = new long[parts.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + parts.get(i - 1).length;
        }
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long offset) {
        Objects.checkIndex(offset, virtualSize());
        int index = part(offset);
        Part part = parts.get(index);
        if (part.image == null) {
            return Extent.zero(offset, starts[index] + part.length - offset);
        }
        return moved(part.image.extentAt(offset - starts[index]), starts[index]);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), virtualSize());
        int limit = target.limit();
        for (long at = offset; target.position() < limit; ) {
            int index = part(at);
            Part part = parts.get(index);
            int length = (int) Math.min(limit - target.position(), starts[index] + part.length - at);
            if (part.image == null) {
                Zeros.fill(target, length);
            } else {
                target.limit(target.position() + length);
                part.image.read(at - starts[index], target);
                target.limit(limit);
            }
            at += length;
        }
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        int index = part(extent.start());
        DiskImage image = parts.get(index).image;
        if (extent.kind() != ExtentKind.ENCODED || image == null) {
            throw new IllegalArgumentException(extent + " is not compressed");
        }
        image.readEncoded(moved(extent, -starts[index]), target);
    }

    @Override
    public void close() {
        for (Part part : parts) {
            if (part.image != null) {
                part.image.close();
            }
        }
    }

    private int part(long offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -found - 2;
    }

    private static Extent moved(Extent extent, long by) {
        return new Extent(extent.start() + by, extent.length(), extent.kind(), extent.encoded());
    }
}
