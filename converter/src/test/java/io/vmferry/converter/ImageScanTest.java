package io.vmferry.converter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.vmdk.VmdkImages;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.plan.ImageSummary;
import org.junit.jupiter.api.Test;

class ImageScanTest {
    private static final int SIZE = (40 << 20) + 1536;

    @Test
    void addsUpWhatAnImageHolds() {
        try (DiskImage image = VmdkImages.sparse(SIZE)) {
            ImageSummary summary = ImageScan.scan(image);
            assertThat(summary.format()).isEqualTo("vmdk");
            assertThat(summary.variant()).isEqualTo("monolithicSparse");
            assertThat(summary.virtualSize()).isEqualTo(SIZE);
            assertThat(summary.dataBytes()).isBetween(SIZE / 4L, SIZE * 3L / 4);
            assertThat(summary.storedBytes()).isEqualTo(summary.dataBytes());
            assertThat(summary.encodedBytes()).isZero();
        }
    }

    /** The tables alone give the same, but for markers and padding: 12 bytes and less than a sector a grain. */
    @Test
    void tablesTellWhatAWalkTells() {
        for (DiskImage image : VmdkImages.streamOptimized(SIZE)) {
            try (image) {
                ImageSummary walked = ImageScan.walk(image);
                ImageSummary scanned = ImageScan.scan(image);
                assertThat(scanned.dataBytes()).isEqualTo(walked.dataBytes());
                assertThat(scanned.encodedBytes()).isEqualTo(walked.encodedBytes());
                assertThat(walked.encodedBytes()).isEqualTo(walked.dataBytes() - 1536);
                long grains = walked.dataBytes() / 65536 + 1;
                assertThat(scanned.storedBytes() - walked.storedBytes() + 1536)
                        .isBetween(0L, grains * (512 + 12) + 1536);
            }
        }
    }

    @Test
    void readsTablesAndNoGrains() {
        long read = VmdkImages.bytesReadFor(SIZE, ImageScan::scan);
        assertThat(read).isLessThan(1 << 20);
    }
}
