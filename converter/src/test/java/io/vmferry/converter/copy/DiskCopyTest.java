package io.vmferry.converter.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.CodecError;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.CountingCodecs;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.image.ImageWriter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DiskCopyTest {
    private static final int SIZE = 9 * (1 << 20) + 3 * 512;

    /** Every way from here to there, with and without verification. */
    @Test
    void copiesEverythingToEverything() {
        byte[] content = SampleDisk.content(61, SIZE);
        List<byte[]> sources = new ArrayList<>(List.of(content, Disks.streamOptimized(content)));
        for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
            sources.add(copied(content, "qcow2", encoding, options()).content());
        }
        for (byte[] source : sources) {
            for (boolean verify : new boolean[] {true, false}) {
                CopyOptions options = options().withVerify(verify);
                assertThat(copied(source, "raw", null, options).content()).isEqualTo(content);
                for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
                    byte[] qcow2 = copied(source, "qcow2", encoding, options).content();
                    try (DiskImage image = Disks.open(qcow2)) {
                        assertThat(Arrays.mismatch(Disks.read(image), content)).isEqualTo(-1);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 65535, 65536, 65537, 1 << 20, (1 << 20) + 1})
    void copiesDisksOfAnySize(int size) {
        byte[] content = SampleDisk.content(62, size);
        if (size > 0) {
            content[size - 1] = 1;
        }
        for (String format : List.of("raw", "qcow2")) {
            MemoryStore target = new MemoryStore();
            CopyResult result = copy(content, target, format, null, options());
            assertThat(result.virtualSize()).isEqualTo(size);
            assertThat(result.digest()).isEqualTo(BlkSum.of(content));
            try (DiskImage image = Disks.open(target.content())) {
                assertThat(Arrays.copyOf(Disks.read(image), size)).isEqualTo(content);
            }
        }
    }

    @Test
    void theDigestIsThatOfTheContent() {
        byte[] content = SampleDisk.content(63, SIZE);
        byte[] zeroTail = Arrays.copyOf(content, SIZE + 1024);
        byte[] vmdk = Disks.streamOptimized(content);
        assertThat(copy(content, new MemoryStore(), "raw", null, options()).digest())
                .isEqualTo(BlkSum.of(content));
        assertThat(copy(zeroTail, new MemoryStore(), "raw", null, options()).digest())
                .isEqualTo(BlkSum.of(zeroTail));
        assertThat(copy(vmdk, new MemoryStore(), "qcow2", BlockEncoding.DEFLATE, options())
                        .digest())
                .isEqualTo(BlkSum.of(content));
        assertThat(copy(vmdk, new MemoryStore(), "raw", null, options().withVerify(false))
                        .digest())
                .isNull();
        byte[] zeros = new byte[SIZE];
        assertThat(copy(Disks.streamOptimized(zeros), new MemoryStore(), "raw", null, options())
                        .digest())
                .isEqualTo(BlkSum.of(zeros));
    }

    @Test
    void theResultDependsOnTheContentOnly() {
        byte[] content = SampleDisk.content(64, SIZE);
        for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
            byte[] expected =
                    copied(content, "qcow2", encoding, options().withThreads(1)).content();
            for (int threads : new int[] {2, 3, 8}) {
                for (int chunk : new int[] {1 << 16, 3 << 16, 1 << 20, 4 << 20}) {
                    CopyOptions options = options().withThreads(threads).withChunkSize(chunk);
                    assertThat(Arrays.mismatch(
                                    copied(content, "qcow2", encoding, options).content(), expected))
                            .as(threads + " threads, chunks of " + chunk)
                            .isEqualTo(-1);
                }
            }
        }
    }

    /** What passes through is checked, but never compressed: the same bytes lie in both containers. */
    @Test
    void passesCompressedGrainsThrough() {
        byte[] content = SampleDisk.content(65, SIZE);
        byte[] vmdk = Disks.streamOptimized(content);
        CountingCodecs codecs = new CountingCodecs();
        MemoryStore target = new MemoryStore();
        CopyResult result =
                copy(vmdk, target, "qcow2", BlockEncoding.DEFLATE, options().withCodecs(codecs));
        CopyCounts counts = result.counts();
        long last = SIZE % 65536 == 0 ? 0 : 1;
        assertThat(counts.passedThrough()).isGreaterThan(50);
        assertThat(counts.reencoded()).isLessThanOrEqualTo(last);
        assertThat((long) codecs.encoded.get()).isLessThanOrEqualTo(last);
        assertThat((long) codecs.decoded.get()).isGreaterThanOrEqualTo(counts.passedThrough());
        assertThat(codecs.open.get()).as("codecs left open").isZero();
        assertThat(counts.bytesRead()).isLessThan(vmdk.length);
        try (DiskImage from = Disks.open(vmdk);
                DiskImage to = Disks.open(target.content())) {
            long same = 0;
            for (long at = 0; at + 65536 <= SIZE; at += 65536) {
                EncodedBlock zlib = from.extentAt(at).encoded();
                EncodedBlock deflate = to.extentAt(at).encoded();
                if (zlib != null && deflate != null) {
                    byte[] head =
                            Arrays.copyOfRange(vmdk, (int) zlib.offset() + 2, (int) zlib.offset() + zlib.size() - 4);
                    int start = (int) deflate.offset();
                    assertThat(Arrays.copyOfRange(target.content(), start, start + head.length))
                            .isEqualTo(head);
                    same++;
                }
            }
            assertThat(same).isEqualTo(counts.passedThrough());
        }

        CountingCodecs unused = new CountingCodecs();
        CopyOptions unverified = options().withCodecs(unused).withVerify(false);
        CopyResult quick = copy(vmdk, new MemoryStore(), "qcow2", BlockEncoding.DEFLATE, unverified);
        assertThat((long) unused.decoded.get())
                .as("without verification only what is stored plain is inflated")
                .isLessThanOrEqualTo(quick.counts().plain());
        assertThat(quick.counts().passedThrough()).isGreaterThan(50);
    }

    @Test
    void passesClustersThrough() {
        byte[] content = SampleDisk.content(66, SIZE);
        for (BlockEncoding encoding : new BlockEncoding[] {BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
            byte[] qcow2 = copied(content, "qcow2", encoding, options()).content();
            CountingCodecs codecs = new CountingCodecs();
            MemoryStore target = new MemoryStore();
            CopyResult result = copy(qcow2, target, "qcow2", encoding, options().withCodecs(codecs));
            assertThat(result.counts().passedThrough()).isGreaterThan(50);
            assertThat(result.counts().reencoded()).isLessThanOrEqualTo(1);
            assertThat(target.content()).as("the same image again").isEqualTo(qcow2);
        }
    }

    @Test
    void countsWhatHappened() {
        byte[] content = new byte[6 * 65536];
        Arrays.fill(content, 65536, 2 * 65536, (byte) 'x');
        SampleDisk.random(67).nextBytes(content);
        Arrays.fill(content, 0, 65536, (byte) 0);
        Arrays.fill(content, 65536, 2 * 65536, (byte) 'x');
        Arrays.fill(content, 3 * 65536, 5 * 65536, (byte) 0);
        CopyCounts counts = copy(content, new MemoryStore(), "qcow2", BlockEncoding.ZSTD, options())
                .counts();
        assertThat(counts).isEqualTo(new CopyCounts(content.length, 0, 1, 2, 3 * 65536));
    }

    @Test
    void takesStreams() {
        byte[] content = SampleDisk.content(68, SIZE);
        byte[] vmdk = Disks.streamOptimized(content);
        byte[] expected =
                copied(vmdk, "qcow2", BlockEncoding.DEFLATE, options()).content();
        for (int chunk : new int[] {1 << 16, 1 << 20}) {
            CopyOptions options = options().withChunkSize(chunk);
            MemoryStore raw = new MemoryStore();
            CopyResult result = copyStream(vmdk, raw, "raw", null, options);
            assertThat(raw.content()).isEqualTo(content);
            assertThat(result.digest()).isEqualTo(BlkSum.of(content));
            MemoryStore qcow2 = new MemoryStore();
            CopyCounts counts = copyStream(vmdk, qcow2, "qcow2", BlockEncoding.DEFLATE, options)
                    .counts();
            assertThat(qcow2.content()).isEqualTo(expected);
            assertThat(counts.passedThrough()).isGreaterThan(50);
        }
    }

    @Test
    void tellsAStreamThatIsCut() {
        byte[] content = SampleDisk.content(69, SIZE);
        byte[] vmdk = Disks.streamOptimized(content);
        for (int length = 70_000; length < vmdk.length; length += vmdk.length / 9) {
            byte[] cut = Arrays.copyOf(vmdk, length);
            assertThatThrownBy(() -> copyStream(cut, new MemoryStore(), "raw", null, options()))
                    .isInstanceOf(VmferryException.class);
        }
    }

    @Test
    void tellsAGrainThatIsDamaged() {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, (byte) 'x');
        RandomGenerator random = SampleDisk.random(70);
        for (int i = 0; i < 20 * 65536; i++) {
            content[i] = (byte) "abcdefgh".charAt(random.nextInt(8));
        }
        byte[] vmdk = Disks.streamOptimized(content);
        EncodedBlock block;
        try (DiskImage image = Disks.open(vmdk)) {
            block = image.extentAt(5 * 65536).encoded();
        }
        assertThat(block).isNotNull();
        long offset = block == null ? 0 : block.offset();
        // The last byte of the Adler-32: the deflate data themselves are fine.
        vmdk[(int) offset + (block == null ? 0 : block.size()) - 1] ^= 1;
        for (String format : List.of("raw", "qcow2")) {
            BlockEncoding encoding = format.equals("raw") ? null : BlockEncoding.DEFLATE;
            assertThatThrownBy(() -> copy(vmdk, new MemoryStore(), format, encoding, options()))
                    .isInstanceOfSatisfying(VmferryException.class, e -> {
                        assertThat(e.code()).isEqualTo(CodecError.BLOCK_CORRUPT);
                        assertThat(e.subject())
                                .isEqualTo("test disk, compressed block of disk offset 327680 at container offset "
                                        + offset);
                    });
        }
    }

    @Test
    void tellsHowFarItIs() {
        byte[] content = SampleDisk.content(71, SIZE);
        List<Long> positions = new ArrayList<>();
        List<CopyCounts> counts = new ArrayList<>();
        CopyOptions options = options().withProgress((position, sum) -> {
            positions.add(position);
            counts.add(sum);
        });
        CopyResult result = copy(content, new MemoryStore(), "raw", null, options);
        assertThat(positions).isSorted().last().isEqualTo((long) SIZE);
        assertThat(counts).last().isEqualTo(result.counts());
    }

    /** Also of blocks that are handed on compressed, of zeros, and of a disk that ends inside a block. */
    @Test
    void thePlainSha256IsThatOfTheRawBytes() throws Exception {
        CopyOptions options = options().withSha256(true);
        for (int size : new int[] {0, 1, 65536, SIZE, 40 << 20}) {
            byte[] content = Arrays.copyOf(SampleDisk.content(72, Math.min(size, SIZE)), size);
            String expected = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            List<byte[]> sources = new ArrayList<>(List.of(content));
            if (size % 512 == 0 && size > 0) {
                byte[] vmdk = Disks.streamOptimized(content);
                sources.add(vmdk);
                sources.add(
                        copied(vmdk, "qcow2", BlockEncoding.DEFLATE, options).content());
                assertThat(copyStream(vmdk, new MemoryStore(), "qcow2", BlockEncoding.DEFLATE, options)
                                .sha256())
                        .isEqualTo(new ContentDigest("sha256", expected));
            }
            for (byte[] source : sources) {
                for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
                    CopyOptions any = options.withVerify(encoding != BlockEncoding.ZSTD);
                    CopyResult result = copy(source, new MemoryStore(), "qcow2", encoding, any);
                    assertThat(result.sha256()).isEqualTo(new ContentDigest("sha256", expected));
                    assertThat(result.digest() == null).isEqualTo(encoding == BlockEncoding.ZSTD);
                }
            }
        }
        assertThat(copy(new byte[10], new MemoryStore(), "raw", null, options()).sha256())
                .isNull();
    }

    /** Grains may have a gigabyte, and need no buffer of that size. */
    @Test
    void buffersDoNotGrowWithGrains() {
        int grain = 1 << 30;
        ImageFacts facts = new ImageFacts("vmdk", "monolithicSparse", 3L << 30, grain, Map.of(), List.of());
        DiskImage image = new FaultyImage(Disks.open(new byte[1]), at -> {}, at -> {}) {
            @Override
            public ImageFacts facts() {
                return facts;
            }

            @Override
            public Extent extentAt(long offset) {
                long end = (offset / grain + 1) * grain;
                return offset / grain == 1 ? Extent.data(offset, end - offset) : Extent.hole(offset, end - offset);
            }

            @Override
            public void read(long offset, ByteBuffer target) {
                target.put(target.position(), (byte) 1).position(target.limit());
            }
        };
        BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        long before = direct.getMemoryUsed();
        try (NoTarget target = new NoTarget();
                DiskCopy copy = DiskCopy.start(image, target, options().withVerify(false), null, null)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            assertThat(copy.finish().counts().plain()).isBetween(1L, grain / 65536L);
        }
        assertThat(direct.getMemoryUsed() - before).isLessThan(64 << 20);
    }

    static CopyOptions options() {
        return CopyOptions.of("test disk").withThreads(3);
    }

    static MemoryStore copied(byte[] source, String format, @Nullable BlockEncoding encoding, CopyOptions options) {
        MemoryStore target = new MemoryStore();
        copy(source, target, format, encoding, options);
        return target;
    }

    static CopyResult copy(
            byte[] source, MemoryStore target, String format, @Nullable BlockEncoding encoding, CopyOptions options) {
        try (DiskImage image = Disks.open(source);
                ImageWriter writer = ImageFormats.writable(format).create(target, image.virtualSize(), encoding, null);
                DiskCopy copy = DiskCopy.start(image, writer, options, null, null)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            return copy.finish();
        }
    }

    private static CopyResult copyStream(
            byte[] source, MemoryStore target, String format, @Nullable BlockEncoding encoding, CopyOptions options) {
        try (DiskStream stream = ImageFormats.openStream(Disks.stream(source));
                ImageWriter writer =
                        ImageFormats.writable(format).create(target, stream.virtualSize(), encoding, null);
                DiskCopy copy = DiskCopy.start(stream, writer, options)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            return copy.finish();
        }
    }
}
