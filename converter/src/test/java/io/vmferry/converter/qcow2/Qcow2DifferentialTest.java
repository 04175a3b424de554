package io.vmferry.converter.qcow2;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.QemuImg;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What qemu-img writes is read right, and what is written qemu-img finds right. */
class Qcow2DifferentialTest {
    private static final int SIZE = (9 << 20) + 5 * 512;

    @TempDir
    Path folder;

    @BeforeEach
    void required() {
        QemuImg.required();
    }

    @ParameterizedTest
    @CsvSource({
        "compat=0.10,",
        "compat=1.1,",
        "compat=1.1,-c",
        "compat=0.10,-c",
        "cluster_size=512,",
        "cluster_size=4096,-c",
        "cluster_size=32k,-c",
        "cluster_size=128k,-c",
        "cluster_size=2M,",
        "cluster_size=2M,-c",
        "compression_type=zstd,-c",
        "'compression_type=zstd,cluster_size=4096',-c",
        "refcount_bits=1,",
        "refcount_bits=64,-c",
        "lazy_refcounts=on,"
    })
    void readsWhatQemuWrites(String options, @Nullable String compress) throws Exception {
        byte[] content = SampleDisk.content(options.hashCode(), SIZE);
        Path raw = Files.write(folder.resolve("disk.raw"), content);
        Path qcow2 = folder.resolve("disk.qcow2");
        List<String> arguments = new ArrayList<>(List.of("convert", "-f", "raw", "-O", "qcow2", "-o", options));
        if (compress != null) {
            arguments.add(compress);
        }
        arguments.add(raw.toString());
        arguments.add(qcow2.toString());
        QemuImg.run(arguments.toArray());
        for (String format : List.of("raw", "qcow2")) {
            for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
                if (format.equals("raw") && encoding != null) {
                    continue;
                }
                Path copy = folder.resolve("copy." + format);
                assertThat(copy(qcow2, copy, format, encoding).digest()).isEqualTo(BlkSum.of(content));
                QemuImg.compare("raw", raw, format, copy);
                if (format.equals("qcow2")) {
                    QemuImg.check(copy);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 512, 65536, 65536 + 512, (2 << 20) - 512, SIZE})
    void qemuReadsWhatIsWritten(int size) throws Exception {
        byte[] content = SampleDisk.content(size, size);
        if (size > 0) {
            content[size - 1] = 9;
        }
        Path raw = Files.write(folder.resolve("disk.raw"), content);
        for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
            Path qcow2 = folder.resolve("disk-" + encoding + ".qcow2");
            copy(raw, qcow2, "qcow2", encoding);
            QemuImg.check(qcow2);
            QemuImg.compare("raw", raw, "qcow2", qcow2);
            String info = QemuImg.run("info", qcow2);
            assertThat(info).contains(encoding == BlockEncoding.ZSTD ? "compression type: zstd" : "type: zlib");
        }
    }

    @Test
    void takesGrainsOfQemuThrough() throws Exception {
        byte[] content = SampleDisk.content(111, SIZE);
        Path raw = Files.write(folder.resolve("disk.raw"), content);
        Path vmdk = folder.resolve("disk.vmdk");
        QemuImg.run("convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=streamOptimized", raw, vmdk);
        Path qcow2 = folder.resolve("disk.qcow2");
        CopyResult result = copy(vmdk, qcow2, "qcow2", BlockEncoding.DEFLATE);
        assertThat(result.digest()).isEqualTo(BlkSum.of(content));
        assertThat(result.counts().passedThrough()).isGreaterThan(50);
        QemuImg.check(qcow2);
        QemuImg.compare("raw", raw, "qcow2", qcow2);
    }

    /** All there are, plain and compressed; what is written back has clusters of 64 KiB. */
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})
    void readsEverySizeOfCluster(int bits) throws Exception {
        byte[] content = SampleDisk.content(400 + bits, (5 << 20) + 3 * 512);
        // The last cluster is there, and cut off by the end of the disk.
        content[content.length - 1] = 7;
        Path raw = Files.write(folder.resolve("disk.raw"), content);
        Path qcow2 = folder.resolve("disk.qcow2");
        Path back = folder.resolve("back.vmdk");
        for (String option : List.of("", ",compression_type=zlib", ",compression_type=zstd")) {
            List<Object> command = new ArrayList<>(List.of("convert", "-f", "raw", "-O", "qcow2", "-o"));
            command.add("cluster_size=" + (1 << bits) + option);
            command.addAll(option.isEmpty() ? List.of(raw, qcow2) : List.of("-c", raw, qcow2));
            QemuImg.run(command.toArray());
            assertThat(copy(qcow2, back, "vmdk", BlockEncoding.ZLIB).digest()).isEqualTo(BlkSum.of(content));
            QemuImg.compare("raw", raw, "vmdk", back);
        }
    }

    /** Data at both ends and beyond 2 TiB: an L2 table each, and a long L1 table. */
    @Test
    void agreesOnAHugeDisk() throws Exception {
        Path qemus = folder.resolve("huge.qcow2");
        QemuImg.run("create", "-q", "-f", "qcow2", qemus, "3T");
        QemuImg.io(
                "qcow2",
                qemus,
                List.of("write -P 1 0 4k", "write -P 2 2200G 100k", "write -P 3 " + ((3L << 40) - 512) + " 512"));
        for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE}) {
            Path ours = folder.resolve("copy.qcow2");
            CopyResult result = copy(qemus, ours, "qcow2", encoding);
            assertThat(result.counts().zeroBytes()).isEqualTo((3L << 40) - 4 * 65536);
            QemuImg.check(ours);
            QemuImg.compare("qcow2", qemus, "qcow2", ours);
        }
    }

    private DiskImage open(Path file) {
        return ImageFormats.open(FileSource.open(file), new FolderSiblings(folder));
    }

    private CopyResult copy(Path from, Path to, String format, @Nullable BlockEncoding encoding) {
        try (DiskImage image = open(from);
                FileStore store = FileStore.open(to);
                ImageWriter writer = ImageFormats.writable(format).create(store, image.virtualSize(), encoding, null);
                DiskCopy copy = DiskCopy.start(image, writer, CopyOptions.of(from.toString()), null, null)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            return copy.finish();
        }
    }
}
