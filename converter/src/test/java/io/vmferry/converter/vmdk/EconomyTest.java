package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cost grows with the data, not with the disk; and reads are few and large. */
class EconomyTest {
    @Test
    void walkingOverCompressedGrainsReadsTheFileOnce() {
        byte[] file = StreamFixture.build(Contents.mixed(24 << 20, 2 << 20, Contents.random(91)));
        MemorySource source = new MemorySource(file);
        try (DiskImage image = new VmdkFormat().open(source, MemorySource.NONE)) {
            int grains = 0;
            for (long at = 0; at < image.virtualSize(); ) {
                Extent extent = image.extentAt(at);
                if (extent.encoded() != null) {
                    image.readEncoded(
                            extent, ByteBuffer.allocate(extent.encoded().size()));
                    grains++;
                }
                at = extent.end();
            }
            assertThat(grains).isGreaterThan(100);
            // Payloads come out of the pieces that were read for the markers, but for the few at a piece's end.
            assertThat(source.bytesRead.get()).isLessThan(file.length * 3L / 2);
            assertThat(source.reads.get()).isLessThan(file.length / (128 << 10) + 20);
        }
    }

    @Test
    void adjacentGrainsAreOneExtentAndOneRead() {
        byte[] content = new byte[8 << 20];
        Contents.random(92).nextBytes(content);
        MemorySource source = new MemorySource(new SparseFixture().build(content));
        try (DiskImage image = new VmdkFormat().open(source, MemorySource.NONE)) {
            assertThat(image.extentAt(0)).isEqualTo(Extent.data(0, content.length));
            int before = source.reads.get();
            image.read(0, ByteBuffer.allocate(content.length));
            assertThat(source.reads.get() - before).isEqualTo(1);
        }
    }

    /** 2 TiB with 64 KiB of data: the tables in front alone would be 128 MiB. */
    @Test
    @Timeout(30)
    void anEmptyHugeDiskCostsNothing() {
        long size = 2L << 40;
        HugeDisk disk = new HugeDisk(size);
        try (DiskImage image = new VmdkFormat().open(disk, MemorySource.NONE)) {
            int data = 0;
            int extents = 0;
            for (long at = 0; at < size; extents++) {
                Extent extent = image.extentAt(at);
                data += extent.kind() == ExtentKind.DATA ? 1 : 0;
                at = extent.end();
            }
            assertThat(data).isEqualTo(1);
            assertThat(extents).isLessThan(2000);
        }
        // 65536 tables, 32 at a time; header and directory.
        assertThat(disk.reads.get()).isLessThan(2100);
    }
}
