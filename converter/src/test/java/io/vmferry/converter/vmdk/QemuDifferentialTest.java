package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.Comparison;
import io.vmferry.converter.ImageCompare;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.testing.QemuImg;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.zip.Inflater;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** qemu-img writes and we read, we write and qemu-img reads; both must see the same disk. */
class QemuDifferentialTest {
    /** Longer holes are not compared byte by byte; what the test wrote is looked at by its position instead. */
    private static final long LONG_HOLE = 64 << 20;

    /** A little more than 32 bits, and no multiple of a grain. */
    private static final long LARGE = (4L << 30) + (200 << 20) + 512 * 77;

    @TempDir
    Path folder;

    private final List<long[]> written = new ArrayList<>();

    @BeforeAll
    static void needsQemuImg() {
        QemuImg.required();
    }

    @ParameterizedTest
    @CsvSource({
        "monolithicSparse, 11, 16777216",
        "monolithicSparse, 12, 20972032",
        "monolithicFlat, 13, 5243392",
        "streamOptimized, 14, 16777216",
        "streamOptimized, 15, 20972032",
        "twoGbMaxExtentSparse, 16, 8388608",
        "twoGbMaxExtentFlat, 17, 8388608",
    })
    void readsWhatQemuWrites(String subformat, long seed, int size) throws Exception {
        RandomGenerator random = Contents.random(seed);
        Path raw = folder.resolve("disk.raw");
        Files.write(raw, Contents.mixed(size, 1 << random.nextInt(12, 21), random));
        Path vmdk = convert(raw, subformat);
        assertSame(vmdk, raw);
        try (DiskImage image = open(vmdk)) {
            assertThat(image.facts().variant()).isEqualTo(subformat);
            assertThat(image.facts().details()).containsEntry("adapter type", "ide");
        }
    }

    /** Scattered data far beyond 4 GiB; the end of the disk is no multiple of the grain. */
    @ParameterizedTest
    @ValueSource(strings = {"monolithicSparse", "streamOptimized", "twoGbMaxExtentSparse"})
    void readsLargeSparseDisks(String subformat) throws Exception {
        long size = LARGE;
        Path raw = scattered(size, Contents.random(21));
        Path vmdk = convert(raw, subformat);
        assertSame(vmdk, raw);
        if (subformat.equals("streamOptimized")) {
            assertStreams(vmdk, raw);
        }
    }

    @ParameterizedTest
    @CsvSource({"31, 16777216", "32, 34604544", "33, 512", "34, 65536"})
    void qemuReadsWhatWeWrite(long seed, int size) throws Exception {
        RandomGenerator random = Contents.random(seed);
        byte[] content = Contents.mixed(size, 1 << random.nextInt(12, 21), random);
        Path raw = folder.resolve("disk.raw");
        Files.write(raw, content);
        Path vmdk = folder.resolve("disk.vmdk");
        Files.write(vmdk, StreamFixture.build(content));
        QemuImg.compare("vmdk", vmdk, "raw", raw);
        QemuImg.run("check", "-f", "vmdk", vmdk);
        assertThat(QemuImg.run("info", vmdk)).contains("file format: vmdk", "streamOptimized", "(" + size + " bytes)");
        assertSame(vmdk, raw);
        assertStreams(vmdk, raw);
    }

    @Test
    void qemuReadsALargeDiskThatWeWrite() throws Exception {
        long size = LARGE;
        Path raw = scattered(size, Contents.random(35));
        Path vmdk = folder.resolve("disk.vmdk");
        try (FileStore store = FileStore.open(vmdk);
                StreamOptimizedWriter writer = StreamOptimizedWriter.create(store, size);
                FileSource source = FileSource.open(raw)) {
            ByteBuffer grain = ByteBuffer.allocateDirect(StreamOptimizedWriter.GRAIN);
            for (long at : grainsWritten(size)) {
                source.read(at, grain.clear());
                writer.grain(at / 512, grain.flip());
            }
            writer.finish();
        }
        QemuImg.compare("vmdk", vmdk, "raw", raw);
        QemuImg.run("check", "-f", "vmdk", vmdk);
        assertSame(vmdk, raw);
        assertStreams(vmdk, raw);
    }

    /** The layouts that no tool writes at will come from a fixture; qemu-img must agree on what they mean. */
    @Test
    void qemuAgreesWithTheFixtures() throws Exception {
        byte[] content = Contents.mixed((3 << 20) + 1536, 48 << 10, Contents.random(41));
        Path raw = folder.resolve("disk.raw");
        Files.write(raw, content);
        SparseFixture zeroed = new SparseFixture();
        zeroed.zeroedGrains = true;
        zeroed.shuffled = true;
        zeroed.grain = 8192;
        SparseFixture front = new SparseFixture();
        front.compressed = true;
        front.shortLastGrain = true;
        for (SparseFixture fixture : new SparseFixture[] {zeroed, front}) {
            Path vmdk = folder.resolve("disk.vmdk");
            Files.write(vmdk, fixture.build(content));
            QemuImg.compare("vmdk", vmdk, "raw", raw);
            assertSame(vmdk, raw);
        }
    }

    /** From 4 KiB, the smallest that the format allows, up to 4 MiB. */
    @ParameterizedTest
    @ValueSource(ints = {12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void qemuAgreesOnEverySizeOfGrain(int bits) throws Exception {
        int grain = 1 << bits;
        byte[] content = Contents.mixed(5 * grain / 2 + (3 << 20) + 512, 2 * grain, Contents.random(400 + bits));
        content[content.length - 1] = 5;
        Path raw = Files.write(folder.resolve("disk.raw"), content);
        for (boolean compressed : new boolean[] {false, true}) {
            if (compressed && bits > 20) {
                continue; // refused: a compressed grain is held in memory
            }
            SparseFixture fixture = new SparseFixture();
            fixture.grain = grain;
            fixture.compressed = compressed;
            Path vmdk = Files.write(folder.resolve("disk.vmdk"), fixture.build(content));
            QemuImg.compare("vmdk", vmdk, "raw", raw);
            assertSame(vmdk, raw);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"monolithicSparse", "streamOptimized"})
    void readsMoreThanTwoTebibytes(String subformat) throws Exception {
        Path qcow2 = folder.resolve("huge.qcow2");
        long size = (2L << 40) + (100L << 30) + 512;
        QemuImg.run("create", "-q", "-f", "qcow2", qcow2, Long.toString(size));
        QemuImg.io(
                "qcow2",
                qcow2,
                List.of("write -P 1 0 4k", "write -P 2 2100G 100k", "write -P 3 " + (size - 512) + " 512"));
        Path vmdk = folder.resolve("disk.vmdk");
        QemuImg.run("convert", "-f", "qcow2", "-O", "vmdk", "-o", "subformat=" + subformat, qcow2, vmdk);
        try (DiskImage image = open(vmdk);
                DiskImage same = ImageFormats.open(FileSource.open(qcow2), new FolderSiblings(folder))) {
            assertThat(image.virtualSize()).isEqualTo(size);
            Comparison comparison = ImageCompare.compare(image, same, 2);
            assertThat(comparison.sameContent()).isTrue();
        }
    }

    private Path convert(Path raw, String subformat) throws Exception {
        Path vmdk = folder.resolve("disk.vmdk");
        QemuImg.run("convert", "-f", "raw", "-O", "vmdk", "-o", "subformat=" + subformat, raw, vmdk);
        return vmdk;
    }

    private Path scattered(long size, RandomGenerator random) throws IOException {
        Path raw = folder.resolve("disk.raw");
        try (FileChannel channel = FileChannel.open(
                raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            for (int i = 0; i < 40; i++) {
                byte[] bytes = Contents.mixed(random.nextInt(1, 300_000), 8192, random);
                long at = random.nextLong(size - bytes.length);
                channel.write(ByteBuffer.wrap(bytes), at);
                written.add(new long[] {at, bytes.length});
            }
            channel.write(ByteBuffer.wrap(new byte[] {9}), size - 1);
        }
        return raw;
    }

    /** Where the grains begin that hold what the test wrote. */
    private SortedSet<Long> grainsWritten(long size) {
        SortedSet<Long> grains = new TreeSet<>(List.of((size - 1) / StreamOptimizedWriter.GRAIN));
        for (long[] range : written) {
            for (long at = range[0]; at < range[0] + range[1]; at += 512) {
                grains.add(at / StreamOptimizedWriter.GRAIN);
            }
            grains.add((range[0] + range[1] - 1) / StreamOptimizedWriter.GRAIN);
        }
        SortedSet<Long> starts = new TreeSet<>();
        grains.forEach(grain -> starts.add(grain * StreamOptimizedWriter.GRAIN));
        return starts;
    }

    private static DiskImage open(Path vmdk) {
        return new VmdkFormat()
                .open(FileSource.open(vmdk), new FolderSiblings(Objects.requireNonNull(vmdk.getParent())));
    }

    private void assertSame(Path vmdk, Path raw) throws IOException {
        try (DiskImage image = open(vmdk);
                RandomAccessFile expected = new RandomAccessFile(raw.toFile(), "r")) {
            assertThat(image.virtualSize()).isEqualTo(expected.length());
            long at = 0;
            while (at < image.virtualSize()) {
                Extent extent = image.extentAt(at);
                if (extent.kind().readsAsZero() && extent.length() > LONG_HOLE) {
                    requireUnwritten(expected, extent);
                    at = extent.end();
                }
                for (; at < extent.end(); at += 1 << 20) {
                    int length = (int) Math.min(1 << 20, extent.end() - at);
                    ByteBuffer got = ByteBuffer.allocate(length);
                    if (!extent.kind().readsAsZero()) {
                        image.read(at, got);
                    }
                    requireSame(expected, at, got.array());
                }
                at = extent.end();
            }
        }
    }

    private void assertStreams(Path vmdk, Path raw) throws Exception {
        try (InputStream in = Files.newInputStream(vmdk);
                DiskStream stream = Objects.requireNonNull(new VmdkFormat().openStream(stream(vmdk, in)));
                RandomAccessFile expected = new RandomAccessFile(raw.toFile(), "r")) {
            long at = 0;
            for (Extent extent = stream.next(); extent != null; extent = stream.next()) {
                assertThat(extent.start()).isEqualTo(at);
                EncodedBlock block = extent.encoded();
                ByteBuffer payload = ByteBuffer.allocate(block != null ? block.size() : 65536);
                if (block != null) {
                    stream.readPayload(payload);
                    Inflater inflater = new Inflater();
                    inflater.setInput(payload.array());
                    byte[] content = new byte[(int) extent.length()];
                    assertThat(inflater.inflate(content)).isEqualTo(content.length);
                    inflater.end();
                    requireSame(expected, at, content);
                } else if (!extent.kind().readsAsZero()) {
                    stream.readPayload(payload.limit((int) extent.length()));
                    requireSame(expected, at, payload.array());
                } else if (extent.length() > LONG_HOLE) {
                    requireUnwritten(expected, extent);
                } else {
                    for (long hole = at; hole < extent.end(); hole += 1 << 20) {
                        requireSame(expected, hole, new byte[(int) Math.min(1 << 20, extent.end() - hole)]);
                    }
                }
                at = extent.end();
            }
            assertThat(at).isEqualTo(expected.length());
        }
    }

    private void requireUnwritten(RandomAccessFile expected, Extent hole) throws IOException {
        for (long[] range : written) {
            long from = Math.max(range[0], hole.start());
            long to = Math.min(range[0] + range[1], hole.end());
            if (from < to) {
                requireSame(expected, from, new byte[(int) (to - from)]);
            }
        }
    }

    private static void requireSame(RandomAccessFile expected, long at, byte[] got) throws IOException {
        byte[] wanted = new byte[(int) Math.min(got.length, expected.length() - at)];
        expected.seek(at);
        expected.readFully(wanted);
        int difference = Arrays.mismatch(wanted, 0, wanted.length, got, 0, wanted.length);
        if (difference >= 0) {
            throw new AssertionError("byte " + (at + difference) + " differs");
        }
    }

    private static ByteStream stream(Path file, InputStream in) {
        return new ByteStream() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public int read(ByteBuffer target) {
                try {
                    byte[] bytes = in.readNBytes(target.remaining());
                    target.put(bytes);
                    return bytes.length;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void close() {}
        };
    }
}
