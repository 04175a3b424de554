package io.vmferry.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.testing.QemuImg;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of qemu-img as streams: gzip and zstd find them whole, and they unpack to what qemu-img converts the image to. */
@Timeout(300)
class StreamDifferentialTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "181, vmdk, subformat=streamOptimized",
        "182, vmdk, subformat=monolithicSparse",
        "183, qcow2, compression_type=zlib",
        "184, qcow2, compression_type=zstd",
        "185, qcow2, cluster_size=2M",
        "186, qcow2, cluster_size=512",
    })
    void unpackToWhatQemuReads(int seed, String format, String option) throws Exception {
        QemuImg.required();
        int size = 512 * SampleDisk.random(seed).nextInt(1, 20_000);
        Path content = Files.write(folder.resolve("content"), SampleDisk.content(seed, size));
        Path image = folder.resolve("image");
        boolean compress = option.startsWith("compression");
        if (compress) {
            QemuImg.run("convert", "-c", "-f", "raw", "-O", format, "-o", option, content, image);
        } else {
            QemuImg.run("convert", "-f", "raw", "-O", format, "-o", option, content, image);
        }
        Path raw = folder.resolve("qemu.raw");
        QemuImg.run("convert", "-f", format, "-O", "raw", image, raw);
        for (boolean verify : new boolean[] {true, false}) {
            holds(image, raw, StreamEncoding.GZIP, "gzip", verify);
            holds(image, raw, StreamEncoding.ZSTD, "zstd", verify);
        }
    }

    private void holds(Path image, Path raw, StreamEncoding encoding, String tool, boolean verify) throws Exception {
        MemoryUpload upload = new MemoryUpload();
        CopyOptions options = CopyOptions.of("image").withThreads(3).withVerify(verify);
        try (DiskImage disk = ImageFormats.open(FileSource.open(image), new FolderSiblings(folder));
                ImageWriter writer = encoding.writer(upload, disk.virtualSize());
                DiskCopy copy = DiskCopy.start(disk, writer, options, null, null)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            copy.finish();
        }
        Path packed = Files.write(folder.resolve("disk.packed"), upload.body());
        Path unpacked = folder.resolve("disk.unpacked");
        run(List.of(tool, "-q", "-t"), packed, folder.resolve("said"));
        run(List.of(tool, "-d", "-c"), packed, unpacked);
        assertThat(Files.mismatch(unpacked, raw))
                .as(encoding + ", verified: " + verify)
                .isEqualTo(-1);
    }

    private static void run(List<String> command, Path in, Path out) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, command.get(0) + " not found: install " + command.get(0) + " to run this test");
            return;
        }
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
