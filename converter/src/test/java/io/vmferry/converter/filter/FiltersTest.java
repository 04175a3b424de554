package io.vmferry.converter.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.testing.DiskImageContract;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FiltersTest {
    private static final byte[] CONTENT = SampleDisk.content(91, 3 << 20);
    private static final byte[] VMDK = Disks.streamOptimized(CONTENT);

    @Nested
    class Limited extends DiskImageContract {
        @Override
        protected DiskImage open() {
            return new LimitedImage(Disks.open(VMDK), RateLimit.of(Long.MAX_VALUE));
        }

        @Override
        protected byte[] content() {
            return CONTENT;
        }
    }

    @Nested
    class Counting extends DiskImageContract {
        @Override
        protected DiskImage open() {
            return new CountingImage(Disks.open(VMDK));
        }

        @Override
        protected byte[] content() {
            return CONTENT;
        }
    }

    @Test
    void keepsToTheRate() {
        long[] now = {5_000_000_000L};
        RateLimit limit = RateLimit.of(1000, () -> now[0], nanos -> now[0] += nanos);
        try (DiskImage image = new LimitedImage(Disks.open(CONTENT), limit)) {
            long begin = now[0];
            image.read(0, ByteBuffer.allocate(100));
            assertThat(now[0]).as("a tenth of a second is free").isEqualTo(begin);
            image.read(0, ByteBuffer.allocate(5000));
            assertThat(now[0] - begin).isEqualTo(5_000_000_000L);
            image.read(0, ByteBuffer.allocate(5000));
            assertThat(now[0] - begin).isEqualTo(10_000_000_000L);
            now[0] += 3_600_000_000_000L;
            long rested = now[0];
            image.read(0, ByteBuffer.allocate(1100));
            assertThat(now[0] - rested)
                    .as("a rest saves no more than the burst")
                    .isEqualTo(1_000_000_000L);
        }
        assertThatThrownBy(() -> RateLimit.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsContentAndPayload() {
        try (CountingImage image = new CountingImage(Disks.open(VMDK))) {
            image.read(1000, ByteBuffer.allocate(3000));
            Extent extent = image.extentAt(0);
            for (long at = 0; extent.encoded() == null; at = extent.end()) {
                extent = image.extentAt(at);
            }
            int size = Objects.requireNonNull(extent.encoded()).size();
            image.readEncoded(extent, ByteBuffer.allocate(size));
            assertThat(image.contentBytes()).isEqualTo(3000);
            assertThat(image.encodedBytes()).isEqualTo(size);
        }
    }
}
