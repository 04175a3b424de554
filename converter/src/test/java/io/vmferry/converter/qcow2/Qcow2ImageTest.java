package io.vmferry.converter.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.CodecError;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.testing.DiskImageContract;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Qcow2ImageTest {
    static final Siblings NOBODY = name -> {
        throw new VmferryException(CommonError.FILE_NOT_FOUND, name, "nothing is there", "None.");
    };

    private static final int CLUSTER = 65536;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    abstract static class Image extends DiskImageContract {
        private final byte[] content = SampleDisk.content(51, 5_000_192);
        private final byte[] file;

        Image(@Nullable BlockEncoding encoding) {
            file = image(content, encoding);
        }

        @Override
        protected DiskImage open() {
            return openBytes(file);
        }

        @Override
        protected byte[] content() {
            return content;
        }

        @Override
        protected byte[] decode(BlockEncoding encoding, byte[] payload, int length) {
            byte[] block = new byte[length];
            try (Codec codec = Codecs.best().open(encoding)) {
                codec.decode(ByteBuffer.wrap(payload), ByteBuffer.wrap(block));
            }
            return block;
        }
    }

    @Nested
    class Plain extends Image {
        Plain() {
            super(null);
        }
    }

    @Nested
    class Deflate extends Image {
        Deflate() {
            super(BlockEncoding.DEFLATE);
        }
    }

    @Nested
    class Zstd extends Image {
        Zstd() {
            super(BlockEncoding.ZSTD);
        }
    }

    @Test
    void refusesFeaturesItCannotHonour() {
        assertRefused(Qcow2Error.QCOW2_FEATURE_UNSUPPORTED, "encrypted", h -> h.putInt(32, 2));
        assertRefused(Qcow2Error.QCOW2_FEATURE_UNSUPPORTED, "version 4", h -> h.putInt(4, 4));
        assertRefused(Qcow2Error.QCOW2_FEATURE_UNSUPPORTED, "external data file", h -> h.putLong(72, 4));
        assertRefused(
                Qcow2Error.QCOW2_FEATURE_UNSUPPORTED,
                "external data file \"abc\"",
                h -> h.putLong(72, 4).putInt(112, 0x44415441).putInt(116, 3).putInt(120, 0x61626300));
        assertRefused(Qcow2Error.QCOW2_FEATURE_UNSUPPORTED, "bits 0x100", h -> h.putLong(72, 256));
        assertRefused(Qcow2Error.QCOW2_MARKED_CORRUPT, "marked", h -> h.putLong(72, 2));
    }

    @Test
    void refusesAHeaderThatMakesNoSense() {
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "cluster_bits", h -> h.putInt(20, 8));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "cluster_bits", h -> h.putInt(20, 22));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "cluster_bits", h -> h.putInt(20, -1));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "14 to 21",
                h -> h.putLong(72, 16).putInt(20, 13));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "refcount_order", h -> h.putInt(96, 7));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "refcount_order", h -> h.putInt(96, -1));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "refcount_table_offset", h -> h.putLong(48, 512));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "backing file name",
                h -> h.putLong(8, 65000).putInt(16, 1000));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "backing file name",
                h -> h.putLong(8, 200).putInt(16, 1024));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "backing file name",
                h -> h.putLong(8, 50).putInt(16, 5));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "backing file name",
                h -> h.putLong(8, -1).putInt(16, 5));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "backing file name",
                h -> h.putLong(8, 200).putInt(16, -1));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "extension",
                h -> h.putInt(112, 9).putInt(116, -1));
        assertRefused(
                Qcow2Error.QCOW2_HEADER_INVALID,
                "extension",
                h -> h.putInt(112, 9).putInt(116, 65536));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "header_length", h -> h.putInt(100, 1 << 20));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "size", h -> h.putLong(24, -1));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "l1_size", h -> h.putLong(24, Long.MAX_VALUE));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "l1_size", h -> h.putInt(36, 0));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "l1_size", h -> h.putInt(36, -1));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "l1_table_offset", h -> h.putLong(40, 1000));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "l1_table_offset", h -> h.putLong(40, -65536));
        assertRefused(Qcow2Error.QCOW2_TRUNCATED, "ends", h -> h.putLong(40, 1L << 50));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "header_length", h -> h.putInt(100, 103));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "compression_type", h -> h.put(104, (byte) 1));
        assertRefused(Qcow2Error.QCOW2_HEADER_INVALID, "compression_type", h -> h.putLong(72, 8));
    }

    @Test
    void refusesTablesThatMakeNoSense() {
        assertUnreadable("two of its entries", 2, (h, f) -> h.putLong(f.l1Offset + 8, h.getLong(f.l1Offset)));
        assertUnreadable("not on a cluster", 1, (h, f) -> h.putLong(f.l1Offset, f.l2Offset + 512));
        assertUnreadable("between two clusters", 1, (h, f) -> h.putLong(f.l2Offset, f.l2Offset + 512));
        assertUnreadable("both allocated and zero", 1, (h, f) -> h.putLong(f.l2Offset + 8, 1L << 32 | 1));
        assertUnreadable("has no place", 1, (h, f) -> h.putLong(f.l2Offset, 0).putLong(f.l2Offset + 8, 1));
    }

    @Test
    void version2KnowsNoZeroFlag() {
        byte[] file = new Qcow2Fixture().build(new byte[CLUSTER], i -> ExtentKind.ZERO);
        ByteBuffer.wrap(file).putInt(4, 2).putInt(72, 0);
        assertThatThrownBy(() -> readAll(file)).hasMessageContaining("zero flag");
    }

    private interface TableChange {
        void apply(ByteBuffer file, Qcow2Fixture fixture);
    }

    private static void assertUnreadable(String words, int tables, TableChange change) {
        Qcow2Fixture fixture = new Qcow2Fixture();
        fixture.clusterBits = 14;
        fixture.extended = true;
        byte[] file = fixture.build(new byte[tables * (1 << 24)], i -> ExtentKind.DATA);
        change.apply(ByteBuffer.wrap(file), fixture);
        assertThatThrownBy(() -> readAll(file)).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).isEqualTo(Qcow2Error.QCOW2_TABLE_INVALID);
            assertThat(e).hasMessageContaining(words).hasMessageContaining("test.img, L");
        });
    }

    @Test
    void saysWhatItLeavesOut() {
        byte[] file = image(SampleDisk.content(52, CLUSTER), null);
        ByteBuffer.wrap(file).putInt(60, 3).putLong(72, 1);
        try (DiskImage image = openBytes(file)) {
            assertThat(image.facts().notices()).hasSize(2);
            assertThat(image.facts().notices().get(0)).contains("3 internal snapshots");
            assertThat(image.facts().notices().get(1)).contains("not closed");
        }
    }

    @Test
    void neverTakesACutFileForAWholeOne() {
        byte[] content = SampleDisk.content(53, 20 * CLUSTER);
        Arrays.fill(content, content.length - CLUSTER, content.length, (byte) 'x');
        for (BlockEncoding encoding : new BlockEncoding[] {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD}) {
            byte[] file = image(content, encoding);
            for (int length = 0; length < file.length - CLUSTER; length += 30_000) {
                byte[] cut = Arrays.copyOf(file, length);
                assertThatThrownBy(() -> readAll(cut))
                        .as("cut at " + length)
                        .isInstanceOfSatisfying(
                                VmferryException.class,
                                e -> assertThat(e.subject()).contains("test.img"));
            }
        }
    }

    @Test
    void saysWhichClusterIsBroken() {
        byte[] content = new byte[4 * CLUSTER];
        Arrays.fill(content, 2 * CLUSTER, 3 * CLUSTER, (byte) 'x');
        byte[] file = image(content, BlockEncoding.ZSTD);
        long offset;
        try (DiskImage image = openBytes(file)) {
            EncodedBlock block = image.extentAt(2 * CLUSTER).encoded();
            assertThat(block).isNotNull();
            offset = block == null ? -1 : block.offset();
        }
        file[(int) offset + 1] ^= 0x55;
        file[(int) offset + 6] ^= 0x55;
        assertThatThrownBy(() -> readAll(file)).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).isInstanceOf(CodecError.class);
            assertThat(e.subject()).isEqualTo("test.img, cluster of disk offset 131072 at file offset " + offset);
        });
    }

    /** Whatever bytes change, what comes out is content or a coded error, soon. */
    @Test
    void survivesDamage() {
        RandomGenerator random = SampleDisk.random(54);
        byte[] content = SampleDisk.content(54, 12 * CLUSTER);
        Qcow2Fixture extended = new Qcow2Fixture();
        extended.extended = true;
        byte[] subclusters = extended.build(content, i -> ExtentKind.values()[i % 3]);
        List<byte[]> files = List.of(
                image(content, null),
                image(content, BlockEncoding.DEFLATE),
                image(content, BlockEncoding.ZSTD),
                subclusters);
        for (byte[] file : files) {
            for (int i = 0; i < 400; i++) {
                byte[] damaged = file.clone();
                for (int n = random.nextInt(1, 5); n > 0; n--) {
                    // Header, L1 table at cluster 2 or 3, L2 table behind it, or anywhere.
                    int base = new int[] {0, 2 * CLUSTER, 3 * CLUSTER, 4 * CLUSTER, 0}[random.nextInt(5)];
                    int span = random.nextInt(4) == 0 ? damaged.length - base : 112;
                    damaged[base + random.nextInt(span)] = (byte) random.nextInt();
                }
                long before = THREADS.getCurrentThreadAllocatedBytes();
                try {
                    readAll(damaged);
                } catch (VmferryException e) {
                    assertThat(e.remedy()).isNotBlank();
                }
                assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                        .as("allocated bytes, round %d", i)
                        .isLessThan(64 << 20);
            }
        }
    }

    @Test
    void probesByItsMagic() {
        Qcow2Format format = new Qcow2Format();
        assertThat(format.probe(ByteBuffer.wrap(image(new byte[0], null)))).isTrue();
        assertThat(format.probe(ByteBuffer.wrap(new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 1})))
                .as("the old qcow")
                .isFalse();
        assertThat(format.probe(ByteBuffer.wrap(new byte[] {'Q', 'F', 'I', (byte) 0xfb})))
                .isFalse();
        assertThat(format.probe(ByteBuffer.allocate(4096))).isFalse();
    }

    private interface Change {
        ByteBuffer apply(ByteBuffer header);
    }

    private static void assertRefused(Qcow2Error code, String reason, Change change) {
        byte[] file = image(SampleDisk.content(55, CLUSTER), null);
        change.apply(ByteBuffer.wrap(file));
        assertThatThrownBy(() -> openBytes(file)).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(reason).contains("test.img");
        });
    }

    private static void readAll(byte[] file) {
        try (DiskImage image = openBytes(file)) {
            ByteBuffer target = ByteBuffer.allocate(CLUSTER);
            long end = Math.min(image.virtualSize(), 64L << 20);
            for (long at = 0; at < end; at += CLUSTER) {
                image.extentAt(at);
                image.read(at, target.clear().limit((int) Math.min(CLUSTER, end - at)));
            }
        }
    }

    static DiskImage openBytes(byte[] file) {
        return new Qcow2Format().open(new MemoryStore(file), NOBODY);
    }

    /** An image by our own writer, each cluster compressed where that helps. */
    static byte[] image(byte[] content, @Nullable BlockEncoding encoding) {
        MemoryStore store = new MemoryStore();
        try (ImageWriter writer = new Qcow2Format().create(store, content.length, encoding, null)) {
            for (int start = 0; start < content.length; start += CLUSTER) {
                int end = Math.min(content.length, start + CLUSTER);
                byte[] block = Arrays.copyOfRange(content, start, end);
                if (Arrays.equals(block, new byte[block.length])) {
                    writer.place(List.of(Block.empty(Extent.hole(start, block.length))))
                            .write();
                    continue;
                }
                byte[] payload =
                        encoding == null ? block : Qcow2WriterTest.compressed(encoding, Arrays.copyOf(block, CLUSTER));
                boolean shrinks = encoding != null && payload.length < CLUSTER;
                Extent extent = encoding != null && shrinks
                        ? Extent.encoded(start, block.length, new EncodedBlock(encoding, -1, payload.length))
                        : Extent.data(start, block.length);
                writer.place(List.of(new Block(extent, ByteBuffer.wrap(shrinks ? payload : block))))
                        .write();
            }
            writer.finish();
        }
        return store.content();
    }
}
