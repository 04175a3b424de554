package io.vmferry.converter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.testing.LoopDevice;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceStoreTest {
    private static final int DEVICE = 8 << 20;

    @TempDir
    Path folder = Path.of("");

    @Test
    void keepsItsLength() {
        byte[] old = SampleDisk.content(51, 100_000);
        MemoryStore memory = new MemoryStore(old.clone());
        try (DeviceStore device = new DeviceStore(memory)) {
            device.resize(1);
            assertThat(device.size()).isEqualTo(old.length);
            device.zero(old.length - 10, 10);
            device.write(5, ByteBuffer.wrap(new byte[] {1, 2}));
            assertThatThrownBy(() -> device.resize(old.length + 1))
                    .isInstanceOfSatisfying(VmferryException.class, e -> {
                        assertThat(e.code()).isEqualTo(FileError.DEVICE_TOO_SMALL);
                        assertThat(e.reason()).contains("100000", "100001");
                    });
        }
        Arrays.fill(old, old.length - 10, old.length, (byte) 0);
        old[5] = 1;
        old[6] = 2;
        assertThat(memory.content()).isEqualTo(old);
    }

    /** On a real device: old content is gone where the disk is, and stays behind it. Zeros become holes of the file beneath. */
    @Test
    void takesADiskOverOldContent() throws Exception {
        byte[] old = new byte[DEVICE];
        SampleDisk.random(52).nextBytes(old);
        Path file = Files.write(folder.resolve("device"), old);
        byte[] disk = SampleDisk.content(53, DEVICE - 300_032);
        Arrays.fill(disk, 1 << 20, 3 << 20, (byte) 0);
        try (LoopDevice loop = LoopDevice.over(file)) {
            try (DiskImage source = ImageFormats.open(new MemoryStore(Disks.streamOptimized(disk)), Disks.NOBODY);
                    ByteStore store = DeviceStore.claim(loop.path(), source.virtualSize());
                    ImageWriter writer = ImageFormats.writable("raw").create(store, source.virtualSize(), null, null);
                    DiskCopy copy = DiskCopy.start(source, writer, CopyOptions.of("disk"), null, null)) {
                assertThatThrownBy(() -> DeviceStore.claim(loop.path(), 512))
                        .as("it is ours")
                        .isInstanceOfSatisfying(
                                VmferryException.class,
                                e -> assertThat(e.code()).isEqualTo(FileError.DEVICE_IN_USE));
                copy.run();
                copy.finish();
            }
            byte[] expected = old.clone();
            System.arraycopy(disk, 0, expected, 0, disk.length);
            assertThat(Arrays.mismatch(Files.readAllBytes(loop.path()), expected))
                    .isEqualTo(-1);
            try (DiskImage device = ImageFormats.open(FileSource.open(loop.path()), Disks.NOBODY);
                    DiskImage same = ImageFormats.open(new MemoryStore(expected), Disks.NOBODY)) {
                assertThat(device.virtualSize()).isEqualTo(DEVICE);
                assertThat(device.facts().format()).isEqualTo("raw");
                assertThat(ImageDigest.of(device, 2)).isEqualTo(ImageDigest.of(same, 2));
            }
            assertThatThrownBy(() -> DeviceStore.claim(loop.path(), DEVICE + 1))
                    .isInstanceOfSatisfying(
                            VmferryException.class, e -> assertThat(e.code()).isEqualTo(FileError.DEVICE_TOO_SMALL));
        }
        try (ByteSource beneath = SparseSource.of(FileSource.open(file))) {
            assertThat(beneath.zerosUntil(2 << 20)).isGreaterThan(2 << 20);
        }
    }
}
