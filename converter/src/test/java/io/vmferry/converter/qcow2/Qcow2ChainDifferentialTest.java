package io.vmferry.converter.qcow2;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.QemuImg;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that qemu-img creates and qemu-io writes into like a guest: chains, subclusters, discards, snapshots. */
class Qcow2ChainDifferentialTest {
    private static final int SIZE = 6 << 20;

    @TempDir
    Path folder;

    @BeforeEach
    void required() {
        QemuImg.required();
    }

    @ParameterizedTest
    @CsvSource({
        "1, cluster_size=512",
        "2, cluster_size=4096",
        "3, cluster_size=64k",
        "4, cluster_size=2M",
        "5, compat=0.10",
        "6, 'extended_l2=on,cluster_size=16k'",
        "7, 'extended_l2=on,cluster_size=64k'",
        "8, 'extended_l2=on,cluster_size=2M'",
        "9, 'extended_l2=on,cluster_size=128k,compression_type=zstd'",
        "10, 'compression_type=zstd,cluster_size=8k'",
        "11, 'lazy_refcounts=on,refcount_bits=8'",
        "12, preallocation=metadata"
    })
    void readsWhatAGuestWrote(int seed, String options) throws Exception {
        Path disk = folder.resolve("disk.qcow2");
        QemuImg.run("create", "-q", "-f", "qcow2", "-o", options, disk, SIZE);
        RandomGenerator random = SampleDisk.random(seed);
        int cluster = cluster(options);
        write("qcow2", disk, SIZE, cluster, kinds(options), random, 60);
        assertSame(disk, "qcow2");
        QemuImg.run("snapshot", "-c", "before", disk);
        write("qcow2", disk, SIZE, cluster, kinds(options), random, 30);
        assertSame(disk, "qcow2");
        try (DiskImage image = open(disk)) {
            assertThat(image.facts().notices()).anyMatch(notice -> notice.contains("1 internal snapshot"));
        }
    }

    /** Layers of all cluster sizes and sizes of disk, over qcow2, raw and VMDK. */
    @ParameterizedTest
    @CsvSource({
        "21, raw, ''",
        "22, qcow2, cluster_size=2M",
        "23, qcow2, 'compression_type=zstd,cluster_size=64k'",
        "24, qcow2, cluster_size=64k",
        "25, vmdk, subformat=monolithicSparse",
        "26, vmdk, subformat=streamOptimized",
        "27, vmdk, subformat=twoGbMaxExtentSparse"
    })
    void readsChains(int seed, String baseFormat, String baseOptions) throws Exception {
        RandomGenerator random = SampleDisk.random(seed);
        Path raw = Files.write(folder.resolve("content.raw"), SampleDisk.content(seed, SIZE));
        Path base = folder.resolve("base." + baseFormat);
        List<Object> convert = new ArrayList<>(List.of("convert", "-f", "raw", "-O", baseFormat));
        if (!baseOptions.isEmpty()) {
            convert.addAll(List.of("-o", baseOptions));
        }
        if (baseFormat.equals("qcow2")) {
            convert.add("-c");
        }
        convert.addAll(List.of(raw, base));
        QemuImg.run(convert.toArray());
        Path below = base;
        String format = baseFormat;
        String[] options = {
            "cluster_size=4096",
            "cluster_size=64k,extended_l2=on",
            "cluster_size=512",
            "compat=0.10",
            "cluster_size=256k",
            "compression_type=zstd"
        };
        int depth = random.nextInt(2, 6);
        for (int i = 0; i < depth; i++) {
            Path layer = folder.resolve("layer" + i + ".qcow2");
            String chosen = options[random.nextInt(options.length)];
            int size = random.nextInt(3) == 0 ? SIZE / 512 * random.nextInt(200, 700) / 512 * 512 : SIZE;
            // A name without a path is taken relative to the image.
            QemuImg.run(
                    "create", "-q", "-f", "qcow2", "-o", chosen, "-b", below.getFileName(), "-F", format, layer, size);
            write("qcow2", layer, size, cluster(chosen), kinds(chosen), random, 15);
            assertSame(layer, "qcow2");
            below = layer;
            format = "qcow2";
        }
    }

    @Test
    void readsAtFarOffsets() throws Exception {
        Path base = folder.resolve("base.qcow2");
        Path top = folder.resolve("top.qcow2");
        QemuImg.run("create", "-q", "-f", "qcow2", base, "5T");
        QemuImg.io("qcow2", base, List.of("write -P 1 2147483136 1024", "write -P 2 3T 64k", "write -P 3 4G 1M"));
        QemuImg.run(
                "create", "-q", "-f", "qcow2", "-o", "extended_l2=on", "-b", "base.qcow2", "-F", "qcow2", top, "6T");
        QemuImg.io("qcow2", top, List.of("write -P 4 3T 4096", "write -P 5 6597069766144 512"));
        Path flat = folder.resolve("flat.qcow2");
        QemuImg.run("convert", "-O", "qcow2", top, flat);
        try (DiskImage image = open(top);
                DiskImage expected = open(flat)) {
            assertThat(image.virtualSize()).isEqualTo(6L << 40);
            for (long at : new long[] {(2L << 30) - 1024, 3L << 40, (4L << 30) - 512, (6L << 40) - 8192}) {
                java.nio.ByteBuffer one = java.nio.ByteBuffer.allocate(8192);
                java.nio.ByteBuffer other = java.nio.ByteBuffer.allocate(8192);
                image.read(at, one);
                expected.read(at, other);
                assertThat(Arrays.mismatch(one.array(), other.array())).isEqualTo(-1);
            }
        }
    }

    private void write(String format, Path disk, int size, int cluster, int kinds, RandomGenerator random, int count)
            throws Exception {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(size / 512) * 512;
            int length = Math.min(size - at, random.nextInt(1, 200) * 512);
            int start = at / cluster * cluster;
            switch (random.nextInt(kinds)) {
                case 0 -> commands.add("write -c -P " + (i + 1) + " " + start + " " + Math.min(size - start, cluster));
                case 3 -> commands.add("write -z " + at + " " + length);
                case 4 -> commands.add("write -z -u " + start + " " + Math.min(size - start, 2 * cluster));
                case 5 -> commands.add("discard " + start + " " + Math.min(size - start, cluster));
                default -> commands.add("write -P " + (i + 1) + " " + at + " " + length);
            }
        }
        QemuImg.io(format, disk, commands);
    }

    /** A layer of version 2 cannot hide what lies beneath: qemu 7.2 marks zeros there all the same, and then cannot read it. */
    private static int kinds(String options) {
        return options.contains("0.10") ? 3 : 6;
    }

    private static int cluster(String options) {
        for (String option : options.split(",")) {
            if (option.startsWith("cluster_size=")) {
                String size = option.substring(13);
                int unit = size.endsWith("k") ? 1 << 10 : size.endsWith("M") ? 1 << 20 : 1;
                return Integer.parseInt(size.replaceAll("[kM]", "")) * unit;
            }
        }
        return 65536;
    }

    private void assertSame(Path disk, String format) throws Exception {
        Path flat = folder.resolve("flat.raw");
        QemuImg.run("convert", "-f", format, "-O", "raw", disk, flat);
        byte[] expected = Files.readAllBytes(flat);
        try (DiskImage image = open(disk)) {
            byte[] got = Disks.read(image);
            assertThat(Arrays.mismatch(expected, got)).as(disk.toString()).isEqualTo(-1);
            assertThat(ImageDigest.of(image, 2)).isEqualTo(BlkSum.of(expected));
        }
    }

    private DiskImage open(Path file) {
        return ImageFormats.open(FileSource.open(file), new FolderSiblings(folder));
    }
}
