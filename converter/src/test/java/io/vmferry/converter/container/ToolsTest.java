package io.vmferry.converter.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.copy.NoTarget;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.QemuImg;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.Extent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tar, gzip, pigz, zstd and qemu-img make of a disk is read here as the disk that it was. */
@Timeout(300)
class ToolsTest {
    private static final int SIZE = (5 << 20) + 512;
    private static final byte[] CONTENT = SampleDisk.content(171, SIZE);

    @TempDir
    Path folder;

    private Path raw = Path.of("");

    @BeforeEach
    void raw() throws IOException {
        raw = Files.write(folder.resolve("disk.raw"), CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip -1",
                "gzip -9",
                "pigz -6",
                "pigz -11",
                "zstd -1",
                "zstd -19",
                "zstd --ultra -22 --long=27",
                "zstd --fast=5",
                "zstd -T2 --no-check"
            })
    void readsWhatTheToolsPack(String command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add("-c");
        Path packed = folder.resolve("disk.packed");
        run(words, raw, packed);
        assertHolds(packed);

        // Two files one behind the other are one.
        byte[] once = Files.readAllBytes(packed);
        Files.write(packed, once, StandardOpenOption.APPEND);
        try (DiskStream stream = container(packed, null).stream()) {
            assertThat(stream.virtualSize()).isEqualTo(2L * SIZE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ustar", "pax", "gnu"})
    void readsDisksInPlaceFromTar(String format) throws Exception {
        QemuImg.required();
        Path vmdk = folder.resolve("disk.vmdk");
        Path qcow2 = folder.resolve("disk.qcow2");
        QemuImg.run("convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=streamOptimized", raw, vmdk);
        QemuImg.run("convert", "-f", "raw", "-O", "qcow2", "-c", raw, qcow2);
        Path archive = folder.resolve("box.tar");
        run(
                List.of(
                        "tar",
                        "--format=" + format,
                        "-C",
                        folder.toString(),
                        "-cf",
                        archive.toString(),
                        "disk.vmdk",
                        "disk.qcow2",
                        "disk.raw"),
                null,
                null);
        for (String member : List.of("disk.vmdk", "disk.qcow2", "disk.raw")) {
            try (DiskImage image = container(archive, member).image()) {
                assertThat(image.facts().format()).isEqualTo(member.substring(5));
                // qemu-img rounds up to sectors, which this size is.
                assertThat(Disks.read(image)).isEqualTo(CONTENT);
            }
        }
    }

    /** Holes of a member are known where the archive is a sparse file; a member that is sparse itself is refused. */
    @Test
    void refusesASparseMemberAndKnowsHolesOfAPlainOne() throws Exception {
        Path holey = folder.resolve("holey.raw");
        try (RandomAccessFile file = new RandomAccessFile(holey.toFile(), "rw")) {
            file.setLength(64 << 20);
            file.seek(40 << 20);
            file.write(CONTENT, 0, 1000);
        }
        Path archive = folder.resolve("sparse.tar");
        run(List.of("tar", "-S", "-C", folder.toString(), "-cf", archive.toString(), "holey.raw"), null, null);
        try (DiskContainer container = container(archive, "holey.raw")) {
            throw new AssertionError("read " + container);
        } catch (VmferryException e) {
            assertThat(e.code()).isEqualTo(ContainerError.TAR_MEMBER_UNSUPPORTED);
        }
        Path plain = folder.resolve("plain.tar");
        run(List.of("tar", "-C", folder.toString(), "-cf", plain.toString(), "holey.raw"), null, null);
        Path withHoles = folder.resolve("plain-with-holes.tar");
        run(List.of("cp", "--sparse=always", plain.toString(), withHoles.toString()), null, null);
        try (DiskImage image = container(withHoles, null).image()) {
            Extent first = image.extentAt(0);
            assertThat(first.end()).isLessThanOrEqualTo(40 << 20);
            byte[] data = new byte[1000];
            image.read(40 << 20, ByteBuffer.wrap(data));
            assertThat(data).isEqualTo(Arrays.copyOf(CONTENT, 1000));
        }
    }

    private void assertHolds(Path packed) {
        try (DiskStream stream = container(packed, null).stream();
                NoTarget nowhere = new NoTarget();
                DiskCopy copy = DiskCopy.start(stream, nowhere, CopyOptions.of("disk"))) {
            assertThat(stream.virtualSize()).isEqualTo(SIZE);
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            assertThat(copy.finish().digest()).isEqualTo(BlkSum.of(CONTENT));
        }
    }

    private DiskContainer container(Path file, @Nullable String member) {
        return DiskContainer.of(FileSource.open(file), new FolderSiblings(folder), member);
    }

    private static void run(List<String> command, @Nullable Path in, @Nullable Path out) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        if (in != null) {
            builder.redirectInput(in.toFile());
        }
        builder.redirectOutput(
                out == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(out.toFile()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            String tool = command.get(0);
            assumeTrue(false, tool + " not found: install " + tool + " to run this test");
            return;
        }
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
