package io.vmferry.converter;

import io.vmferry.converter.vmdk.KnownAllocation;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.plan.ImageSummary;

/** Finds out how much an image holds, without reading content: for plans. */
public final class ImageScan {
    private ImageScan() {}

    /** Takes what the tables tell where they do, and walks over the extents otherwise. The image stays open. */
    public static ImageSummary scan(DiskImage image) {
        if (image instanceof KnownAllocation tables) {
            ImageSummary known = tables.summary();
            if (known != null) {
                return known;
            }
        }
        return walk(image);
    }

    /** Exact, at the price of looking at every extent; for compressed images that means to read the file once. */
    static ImageSummary walk(DiskImage image) {
        ImageFacts facts = image.facts();
        long data = 0;
        long stored = 0;
        long encoded = 0;
        for (long at = 0; at < facts.virtualSize(); ) {
            Extent extent = image.extentAt(at);
            EncodedBlock block = extent.encoded();
            if (block != null) {
                data += extent.length();
                encoded += extent.length();
                stored += block.size();
            } else if (!extent.kind().readsAsZero()) {
                data += extent.length();
                stored += extent.length();
            }
            at = extent.end();
        }
        return new ImageSummary(
                facts.format(), facts.variant(), facts.virtualSize(), data, stored, encoded, facts.blockSize());
    }
}
