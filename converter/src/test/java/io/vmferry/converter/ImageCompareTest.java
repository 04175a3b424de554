package io.vmferry.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ImageCompareTest {
    private static final int SIZE = 5 * (1 << 20) + 1536;

    @Test
    void theSameContentInAnyFormatIsTheSame() {
        byte[] content = SampleDisk.content(121, SIZE);
        List<byte[]> containers = List.of(content, Disks.streamOptimized(content), qcow2(content));
        for (byte[] one : containers) {
            for (byte[] other : containers) {
                Comparison comparison = compare(one, other, 3);
                assertThat(comparison.sameContent()).isTrue();
                assertThat(comparison.sameSize()).isTrue();
            }
        }
    }

    @Test
    void findsTheFirstDifference() {
        byte[] content = SampleDisk.content(122, SIZE);
        byte[] vmdk = Disks.streamOptimized(content);
        RandomGenerator random = SampleDisk.random(123);
        for (int i = 0; i < 20; i++) {
            byte[] changed = content.clone();
            int first = SIZE;
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                int at = i == 0 ? 0 : i == 1 ? SIZE - 1 : random.nextInt(SIZE);
                changed[at] = (byte) ~content[at];
                first = Math.min(first, at);
            }
            Comparison comparison = compare(vmdk, changed, random.nextInt(1, 5));
            int end = Math.min(SIZE, first + 16);
            assertThat(comparison.difference())
                    .isEqualTo(new Comparison.Difference(first, hex(content, first, end), hex(changed, first, end)));
        }
    }

    @Test
    void aLongerDiskMayHaveZerosMore() {
        byte[] content = SampleDisk.content(124, SIZE);
        byte[] longer = Arrays.copyOf(content, SIZE + (3 << 20) + 512);
        for (byte[] other : List.of(longer, qcow2(longer))) {
            Comparison comparison = compare(content, other, 2);
            assertThat(comparison.sameContent()).isTrue();
            assertThat(comparison.sameSize()).isFalse();
            assertThat(comparison.secondSize()).isEqualTo(longer.length);
        }
        longer[SIZE + 70_000] = 5;
        longer[SIZE + 80_000] = 6;
        assertThat(compare(longer, content, 2).difference())
                .isEqualTo(new Comparison.Difference(SIZE + 70_000, "05" + "00".repeat(15), ""));
        assertThat(compare(new byte[0], new byte[0], 2).sameContent()).isTrue();
        assertThat(compare(new byte[0], new byte[9], 2).sameContent()).isTrue();
    }

    /** What both call zero is not read; were it read, petabytes would not fit into this test. */
    @Test
    void zerosCostNothing() {
        byte[] one = emptyQcow2(1L << 50);
        byte[] other = emptyQcow2((1L << 50) + (1L << 40));
        Comparison comparison = compare(one, other, 2);
        assertThat(comparison.sameContent()).isTrue();
        assertThat(comparison.sameSize()).isFalse();
    }

    /** Whatever comes first counts: a difference, or a place that cannot be read. */
    @Test
    void aFailureCountsWhereItIs() {
        byte[] content = SampleDisk.content(125, SIZE);
        byte[] changed = content.clone();
        changed[1_000_000] ^= 1;
        for (int threads : new int[] {1, 4}) {
            try (DiskImage good = Disks.open(changed);
                    DiskImage broken = new Broken(Disks.open(content), 3 << 20)) {
                assertThat(ImageCompare.compare(good, broken, threads).difference())
                        .satisfies(difference -> assertThat(difference)
                                .isNotNull()
                                .extracting(Comparison.Difference::offset)
                                .isEqualTo(1_000_000L));
            }
            try (DiskImage good = Disks.open(content);
                    DiskImage broken = new Broken(Disks.open(content), 3 << 20)) {
                assertThatThrownBy(() -> ImageCompare.compare(good, broken, threads))
                        .isInstanceOfSatisfying(
                                VmferryException.class,
                                e -> assertThat(e.code()).isEqualTo(CommonError.READ_FAILED));
            }
        }
    }

    /** Cannot be read from some offset on. */
    private record Broken(DiskImage image, long from) implements DiskImage {
        @Override
        public io.vmferry.spi.image.ImageFacts facts() {
            return image.facts();
        }

        @Override
        public Extent extentAt(long offset) {
            return image.extentAt(offset);
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            if (offset + target.remaining() > from) {
                throw new VmferryException(CommonError.READ_FAILED, "disk", "it is broken", "Replace it.");
            }
            image.read(offset, target);
        }

        @Override
        public void readEncoded(Extent extent, ByteBuffer target) {
            image.readEncoded(extent, target);
        }

        @Override
        public void close() {
            image.close();
        }
    }

    private static Comparison compare(byte[] one, byte[] other, int threads) {
        try (DiskImage first = Disks.open(one);
                DiskImage second = Disks.open(other)) {
            return ImageCompare.compare(first, second, threads);
        }
    }

    private static String hex(byte[] content, int from, int to) {
        return java.util.HexFormat.of().formatHex(content, from, to);
    }

    private static byte[] qcow2(byte[] content) {
        MemoryStore store = new MemoryStore();
        try (ImageWriter writer = ImageFormats.writable("qcow2").create(store, content.length, null, null)) {
            for (int at = 0; at < content.length; at += 65536) {
                byte[] block = Arrays.copyOfRange(content, at, Math.min(content.length, at + 65536));
                boolean zero = Arrays.equals(block, new byte[block.length]);
                writer.place(List.of(
                                zero
                                        ? Block.empty(Extent.hole(at, block.length))
                                        : new Block(Extent.data(at, block.length), ByteBuffer.wrap(block))))
                        .write();
            }
            writer.finish();
        }
        return store.content();
    }

    private static byte[] emptyQcow2(long size) {
        MemoryStore store = new MemoryStore();
        try (ImageWriter writer = ImageFormats.writable("qcow2").create(store, size, null, null)) {
            writer.place(List.of(Block.empty(Extent.hole(0, size)))).write();
            writer.finish();
        }
        return store.content();
    }
}
