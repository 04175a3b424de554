package io.vmferry.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageWriter;
import org.junit.jupiter.api.Test;

class ImageFormatsTest {
    @Test
    void tellsFormatsByTheirFirstBytes() {
        byte[] content = SampleDisk.content(101, 1 << 20);
        assertThat(ImageFormats.detect(new MemoryStore(content)).id()).isEqualTo("raw");
        assertThat(ImageFormats.detect(new MemoryStore(new byte[0])).id()).isEqualTo("raw");
        assertThat(ImageFormats.detect(new MemoryStore(new byte[3])).id()).isEqualTo("raw");
        assertThat(ImageFormats.detect(new MemoryStore(Disks.streamOptimized(content)))
                        .id())
                .isEqualTo("vmdk");
        MemoryStore qcow2 = new MemoryStore();
        try (ImageWriter writer = ImageFormats.writable("qcow2").create(qcow2, 0, null, null)) {
            writer.finish();
        }
        assertThat(ImageFormats.detect(qcow2).id()).isEqualTo("qcow2");
    }

    @Test
    void namesWhatThereIs() {
        assertThat(ImageFormats.readable("vmdk").id()).isEqualTo("vmdk");
        assertRefused(() -> ImageFormats.readable("vhdx"), ConverterError.FORMAT_NOT_READABLE, "vmdk, qcow2, raw");
        assertRefused(() -> ImageFormats.writable("vhdx"), ConverterError.FORMAT_NOT_WRITABLE, "qcow2, vmdk, raw");
    }

    @Test
    void opensStreams() {
        byte[] content = SampleDisk.content(102, 1 << 20);
        try (DiskStream stream = ImageFormats.openStream(Disks.stream(Disks.streamOptimized(content)))) {
            assertThat(stream.virtualSize()).isEqualTo(content.length);
        }
        assertRefused(
                () -> ImageFormats.openStream(Disks.stream(content)), ConverterError.FORMAT_NOT_STREAMABLE, "raw");
    }

    @Test
    void digestsAnyFormat() {
        byte[] content = SampleDisk.content(103, (3 << 20) + 512);
        for (byte[] container : new byte[][] {content, Disks.streamOptimized(content)}) {
            try (DiskImage image = Disks.open(container)) {
                assertThat(ImageDigest.of(image, 2)).isEqualTo(BlkSum.of(content));
            }
        }
    }

    private static void assertRefused(Runnable action, ConverterError code, String text) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(text);
        });
    }
}
