package io.vmferry.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What every {@link DiskImage} does, whatever its format. A few MiB of content with data, holes and ends show it best. */
public abstract class DiskImageContract {
    private static final long SEED = 0x5eed_d15cL;

    /** A freshly opened image; the test closes it. */
    protected abstract DiskImage open();

    /** What the image holds; its length is the virtual size. */
    protected abstract byte[] content();

    /** Decodes a payload of {@code length} bytes of content; formats with another encoding than deflate override it. */
    protected byte[] decode(BlockEncoding encoding, byte[] payload, int length) throws Exception {
        return Payloads.inflate(encoding, payload, length);
    }

    @Test
    void saysHowLongTheDiskIs() {
        try (DiskImage image = open()) {
            assertThat(image.virtualSize()).isEqualTo(content().length);
            assertThat(image.facts().virtualSize()).isEqualTo(content().length);
            assertThat(image.facts().format()).isNotBlank();
            assertThat(image.facts().blockSize()).isPositive();
            assertThat(image.readers()).isPositive();
        }
    }

    @Test
    void extentsCoverTheDiskWithoutGaps() {
        try (DiskImage image = open()) {
            long at = 0;
            for (Extent extent : extents(image)) {
                assertThat(extent.start()).isEqualTo(at);
                at = extent.end();
            }
            assertThat(at).isEqualTo(content().length);
        }
    }

    @Test
    void anOffsetInsideAnExtentGivesTheRestOfIt() {
        RandomGenerator random = random();
        try (DiskImage image = open()) {
            for (Extent extent : extents(image)) {
                long offset = random.nextLong(extent.start(), extent.end());
                Extent found = image.extentAt(offset);
                assertThat(found.kind()).isEqualTo(extent.kind());
                if (extent.kind() == ExtentKind.ENCODED) {
                    assertThat(found).isEqualTo(extent);
                } else {
                    assertThat(found.start()).isEqualTo(offset);
                    assertThat(found.end()).isGreaterThan(offset);
                }
            }
        }
    }

    @Test
    void zerosAndHolesAreZero() {
        byte[] content = content();
        try (DiskImage image = open()) {
            for (Extent extent : extents(image)) {
                if (extent.kind().readsAsZero()) {
                    for (long i = extent.start(); i < extent.end(); i++) {
                        if (content[(int) i] != 0) {
                            throw new AssertionError("byte " + i + " is not zero, but lies in " + extent);
                        }
                    }
                }
            }
        }
    }

    @Test
    void readsAllOfItInPiecesOfAnySize() {
        byte[] content = content();
        for (int piece : new int[] {content.length, 1 << 20, 65536, 4096, 1000}) {
            try (DiskImage image = open()) {
                ByteBuffer target = ByteBuffer.allocate(content.length);
                for (int at = 0; at < content.length; at += piece) {
                    int end = Math.min(content.length, at + piece);
                    image.read(at, target.limit(end));
                    assertThat(target.position()).isEqualTo(end);
                }
                assertSame(content, 0, target.array());
            }
        }
    }

    @Test
    void readsAnywhere() {
        RandomGenerator random = random();
        byte[] content = content();
        try (DiskImage image = open()) {
            for (int i = 0; i < 300; i++) {
                readSomewhere(image, content, random, i % 2 == 0);
            }
        }
    }

    @Test
    void readsForManyThreads() throws Exception {
        byte[] content = content();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (DiskImage image = open()) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + t);
                all.add(pool.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        readSomewhere(image, content, random, true);
                        Extent extent = image.extentAt(random.nextLong(content.length));
                        if (extent.kind() == ExtentKind.ENCODED) {
                            assertDecodes(image, extent, content);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void readsAtTheEnd() {
        byte[] content = content();
        try (DiskImage image = open()) {
            ByteBuffer last = ByteBuffer.allocate(1);
            image.read(content.length - 1, last);
            assertThat(last.get(0)).isEqualTo(content[content.length - 1]);
            ByteBuffer nothing = ByteBuffer.allocate(0);
            image.read(content.length, nothing);
            image.read(0, nothing);
        }
    }

    @Test
    void refusesWhatLiesOutside() {
        long size = content().length;
        try (DiskImage image = open()) {
            assertThatThrownBy(() -> image.extentAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> image.extentAt(size)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> image.read(size, ByteBuffer.allocate(1)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> image.read(size - 1, ByteBuffer.allocate(2)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> image.read(-1, ByteBuffer.allocate(1)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void encodedBlocksHoldTheContent() throws Exception {
        byte[] content = content();
        try (DiskImage image = open()) {
            for (Extent extent : extents(image)) {
                if (extent.kind() == ExtentKind.ENCODED) {
                    assertDecodes(image, extent, content);
                }
            }
        }
    }

    @Test
    void closesAsOftenAsYouLike() {
        DiskImage image = open();
        image.close();
        image.close();
    }

    private void assertDecodes(DiskImage image, Extent extent, byte[] content) throws Exception {
        EncodedBlock block = Objects.requireNonNull(extent.encoded());
        ByteBuffer payload = ByteBuffer.allocate(block.size());
        image.readEncoded(extent, payload);
        assertThat(payload.hasRemaining()).isFalse();
        byte[] decoded = decode(block.encoding(), payload.array(), (int) extent.length());
        assertSame(content, (int) extent.start(), decoded);
    }

    private static void readSomewhere(DiskImage image, byte[] content, RandomGenerator random, boolean direct) {
        int offset = random.nextInt(content.length);
        int length = Math.min(content.length - offset, random.nextInt(1, 200_000));
        int before = random.nextInt(16);
        ByteBuffer target =
                direct ? ByteBuffer.allocateDirect(length + before + 5) : ByteBuffer.allocate(length + before + 5);
        target.position(before).limit(before + length);
        image.read(offset, target);
        assertThat(target.position()).isEqualTo(before + length);
        assertThat(target.limit()).isEqualTo(before + length);
        byte[] got = new byte[length];
        target.get(before, got);
        assertSame(content, offset, got);
    }

    private static void assertSame(byte[] content, int offset, byte[] got) {
        int at = Arrays.mismatch(content, offset, offset + got.length, got, 0, got.length);
        if (at >= 0) {
            throw new AssertionError("byte " + (offset + at) + " differs");
        }
    }

    private static List<Extent> extents(DiskImage image) {
        List<Extent> extents = new ArrayList<>();
        for (long at = 0;
                at < image.virtualSize();
                at = extents.get(extents.size() - 1).end()) {
            extents.add(image.extentAt(at));
            assertThat(extents.get(extents.size() - 1).start()).isLessThanOrEqualTo(at);
            assertThat(extents.get(extents.size() - 1).end()).isGreaterThan(at);
        }
        return extents;
    }

    private static RandomGenerator random() {
        System.out.println("seed " + SEED);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }
}
