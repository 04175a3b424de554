package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.ImageScan;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.plan.ImageSummary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
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

    /** To plan a snapshot over a compressed disk, no grain is read for its size. */
    @Test
    void aChainTellsItsAllocationByItsTables() {
        RandomGenerator random = Contents.random(93);
        byte[] noise = new byte[16 << 20];
        random.nextBytes(noise);
        Arrays.fill(noise, 3 << 20, 5 << 20, (byte) 0);
        ChainFixture chain = new ChainFixture()
                .stream(noise)
                        .delta(ChainFixture.Delta.SE_SPARSE, noise.length - 4096, random)
                        .delta(ChainFixture.Delta.COWD, noise.length + 512, random);
        List<MemorySource> opened = new ArrayList<>();
        Siblings files = name -> {
            MemorySource source = MemorySource.named(name, Objects.requireNonNull(chain.files.get(name)));
            opened.add(source);
            return source;
        };
        ImageSummary summary;
        try (DiskImage image = new VmdkFormat().open(files.open(chain.top), files)) {
            summary = ImageScan.scan(image);
        }
        assertThat(opened.stream().mapToLong(source -> source.bytesRead.get()).sum())
                .isLessThan(2 << 20);
        long data = 0;
        long encoded = 0;
        try (DiskImage image = chain.open()) {
            for (long at = 0; at < image.virtualSize(); ) {
                Extent extent = image.extentAt(at);
                data += extent.kind().readsAsZero() ? 0 : extent.end() - at;
                encoded += extent.kind() == ExtentKind.ENCODED ? extent.end() - at : 0;
                at = extent.end();
            }
        }
        assertThat(summary.dataBytes()).isEqualTo(data);
        assertThat(summary.encodedBytes()).as("parts of blocks as well").isBetween(encoded, data);
        // Noise takes as much room as it has content.
        assertThat(summary.storedBytes()).isBetween(data * 9 / 10, data * 11 / 10);
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
