package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.plan.ImageSummary;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot and its parents as one disk. What a layer has a hole for shows the layer below. A layer that is shorter than the
 * one above ends in zeros, which hide what a longer layer further below may have there; a longer one is cut.
 */
final class LayeredDisk implements DiskImage, KnownAllocation {
    /** From the snapshot down to the base. */
    private final List<Sheet> sheets;

    private final ImageFacts facts;
    private final long size;

    /**
     * A layer that remembers its last hole. A snapshot is mostly holes, and finding the end of a long one means to look at
     * many tables; without this it would be looked for again with each extent of the parent.
     */
    private static final class Sheet {
        final DiskImage image;
        private volatile @Nullable Extent hole;

        Sheet(DiskImage image) {
            this.image = image;
        }

        Extent extentAt(long offset) {
            return at(offset, false);
        }

        /** @param tables without reading compressed grains for their sizes */
        Extent at(long offset, boolean tables) {
            Extent last = hole;
            if (last != null && offset >= last.start() && offset < last.end()) {
                return Extent.hole(offset, last.end() - offset);
            }
            Extent extent = tables && image instanceof KnownAllocation known
                    ? known.allocationAt(offset)
                    : image.extentAt(offset);
            if (extent.kind() == ExtentKind.HOLE) {
                hole = extent;
            }
            return extent;
        }

        /** Whether all of a range shows the layer below. */
        boolean shows(long from, long to) {
            if (to > image.virtualSize()) {
                return false;
            }
            for (long at = from; at < to; ) {
                Extent extent = extentAt(at);
                if (extent.kind() != ExtentKind.HOLE) {
                    return false;
                }
                at = extent.end();
            }
            return true;
        }
    }

    /**
     * What is to be seen somewhere.
     *
     * @param image that holds it; null where no layer does
     * @param extent of that image
     * @param end up to where it is seen
     */
    private record Sight(@Nullable DiskImage image, Extent extent, long end) {}

    private LayeredDisk(ImageFacts facts, List<Layer> layers) {
        this.facts = facts;
        this.size = facts.virtualSize();
        this.sheets = layers.stream().map(layer -> new Sheet(layer.image())).toList();
    }

    /** @param layers from the snapshot down to the base */
    static DiskImage of(List<Layer> layers, List<String> notices) {
        return new LayeredDisk(DiskFacts.chain(layers, notices), layers);
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long offset) {
        Objects.checkIndex(offset, size);
        Sight sight = look(offset);
        Extent extent = sight.extent;
        long length = sight.end - offset;
        return switch (extent.kind()) {
            case HOLE -> Extent.hole(offset, length);
            case ZERO -> Extent.zero(offset, length);
            case DATA -> Extent.data(offset, length);
            case ENCODED -> isWhole(sight) ? extent : Extent.data(offset, length);
        };
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), size);
        int limit = target.limit();
        for (long at = offset; target.position() < limit; ) {
            Sight sight = look(at);
            int length = (int) Math.min(limit - target.position(), sight.end - at);
            if (sight.image == null || sight.extent.kind().readsAsZero()) {
                Zeros.fill(target, length);
            } else {
                target.limit(target.position() + length);
                sight.image.read(at, target);
                target.limit(limit);
            }
            at += length;
        }
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        DiskImage image = look(extent.start()).image;
        if (extent.kind() != ExtentKind.ENCODED || image == null) {
            throw new IllegalArgumentException(extent + " is not compressed");
        }
        image.readEncoded(extent, target);
    }

    @Override
    public int readers() {
        return sheets.stream().mapToInt(sheet -> sheet.image.readers()).min().orElse(1);
    }

    @Override
    public void close() {
        for (Sheet sheet : sheets) {
            sheet.image.close();
        }
    }

    /**
     * What is seen of each layer. How much room it takes of a compressed layer is known on the average of the layer only.
     */
    @Override
    public @Nullable ImageSummary summary() {
        long data = 0;
        double stored = 0;
        long encoded = 0;
        Map<DiskImage, ImageSummary> compressed = new IdentityHashMap<>();
        for (Sheet sheet : sheets) {
            if (sheet.image instanceof KnownAllocation known) {
                ImageSummary own = known.summary();
                if (own == null) {
                    return null;
                }
                compressed.put(sheet.image, own);
            }
        }
        for (long at = 0; at < size; ) {
            Sight sight = look(at, true);
            if (!sight.extent.kind().readsAsZero()) {
                long length = sight.end - at;
                ImageSummary own = compressed.get(sight.image);
                data += length;
                stored += own == null ? length : (double) length * own.storedBytes() / own.dataBytes();
                encoded += own == null ? 0 : length;
            }
            at = sight.end;
        }
        return new ImageSummary(
                facts.format(), facts.variant(), size, data, Math.round(stored), encoded, facts.blockSize());
    }

    @Override
    public Extent allocationAt(long offset) {
        Objects.checkIndex(offset, size);
        Sight sight = look(offset, true);
        return new Extent(offset, sight.end - offset, sight.extent.kind(), null);
    }

    private Sight look(long offset) {
        return look(offset, false);
    }

    private Sight look(long offset, boolean tables) {
        long end = size;
        for (Sheet sheet : sheets) {
            if (offset >= sheet.image.virtualSize()) {
                break;
            }
            Extent extent = sheet.at(offset, tables);
            end = Math.min(end, extent.end());
            if (extent.kind() != ExtentKind.HOLE) {
                return new Sight(sheet.image, extent, end);
            }
        }
        return new Sight(null, Extent.hole(offset, end - offset), end);
    }

    /** Whether nothing above a compressed block hides any part of it. */
    private boolean isWhole(Sight sight) {
        Extent block = sight.extent;
        if (block.end() > size) {
            return false;
        }
        for (Sheet sheet : sheets) {
            if (sheet.image == sight.image) {
                return true;
            }
            if (!sheet.shows(block.start(), block.end())) {
                return false;
            }
        }
        return false;
    }
}
