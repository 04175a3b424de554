package io.vmferry.converter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseSourceTest {
    private static final Siblings NOBODY = name -> {
        throw new AssertionError(name);
    };
    private static final int BLOCK = 64 << 10;

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void file() {
        file = folder.resolve("dïsk.raw");
    }

    @Test
    void tellsHolesAndNeverCallsDataAHole() {
        long seed = 41;
        System.out.println("SparseSourceTest seed " + seed);
        RandomGenerator random = new java.util.Random(seed);
        byte[] content = new byte[20 * BLOCK + 12345];
        try (FileStore store = FileStore.open(file)) {
            store.resize(content.length);
            for (int i = 0; i < 12; i++) {
                // Pages, so that there are holes shorter than a block as well, and data across their borders.
                int at = random.nextInt(content.length / 4096 - 8) * 4096;
                int length = 4096 * (1 + random.nextInt(7));
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, content, at, length);
                store.write(at, ByteBuffer.wrap(bytes));
            }
        }
        long holes = 0;
        try (ByteSource source = SparseSource.of(FileSource.open(file))) {
            for (long at = 0; at < source.size(); ) {
                long zeros = source.zerosUntil(at);
                if (zeros > at) {
                    assertThat(Arrays.copyOfRange(content, (int) at, (int) zeros))
                            .containsOnly(0);
                    holes += zeros - at;
                    at = zeros;
                } else {
                    long end = source.dataUntil(at);
                    assertThat(end).isGreaterThan(at).isLessThanOrEqualTo(source.size());
                    at = end;
                }
            }
            for (int i = 0; i < 1000; i++) {
                int at = random.nextInt(content.length);
                long zeros = source.zerosUntil(at);
                assertThat(Arrays.mismatch(content, at, (int) zeros, new byte[content.length], 0, (int) zeros - at))
                        .isNegative();
                assertThat(source.dataUntil(at)).isGreaterThan(at);
            }
            assumeThat(source).as("lseek works here").isInstanceOf(SparseSource.class);
        }
        assumeThat(holes)
                .as("the file system of the temporary folder tells its holes")
                .isPositive();
        try (DiskImage sparse = ImageFormats.open(FileSource.open(file), NOBODY);
                DiskImage plain = ImageFormats.open(new MemoryStore(content), NOBODY)) {
            assertThat(ImageDigest.of(sparse, 2)).isEqualTo(ImageDigest.of(plain, 2));
        }
    }

    @Test
    void aLargeHoleIsOneExtent() {
        long size = 2L << 40;
        try (FileStore store = FileStore.open(file)) {
            store.resize(size);
            store.write(size / 2, ByteBuffer.wrap(new byte[] {1}));
        }
        try (ByteSource source = SparseSource.of(FileSource.open(file))) {
            assumeThat(source.zerosUntil(0))
                    .as("the file system of the temporary folder tells its holes")
                    .isPositive();
        }
        try (DiskImage image = ImageFormats.open(FileSource.open(file), NOBODY)) {
            assertThat(image.extentAt(0)).isEqualTo(Extent.hole(0, size / 2));
            assertThat(image.extentAt(size / 2).kind().readsAsZero()).isFalse();
            assertThat(image.extentAt(size / 2 + BLOCK).kind().readsAsZero()).isTrue();
        }
    }

    @Test
    void aRangeTellsTheHolesInsideIt() {
        byte[] bytes = new byte[BLOCK];
        Arrays.fill(bytes, (byte) 7);
        try (FileStore store = FileStore.open(file)) {
            store.resize(16 * BLOCK);
            store.write(0, ByteBuffer.wrap(bytes));
            store.write(15 * BLOCK, ByteBuffer.wrap(bytes));
        }
        try (SourceRange range = new SourceRange(SparseSource.of(FileSource.open(file)), "part", 512, 8 * BLOCK)) {
            assumeThat(range.zerosUntil(BLOCK)).as("holes are told here").isGreaterThan(BLOCK);
            assertThat(range.dataUntil(0)).isEqualTo(BLOCK - 512);
            assertThat(range.zerosUntil(BLOCK - 512)).isEqualTo(8 * BLOCK);
            assertThat(range.zerosUntil(8 * BLOCK)).isEqualTo(8 * BLOCK);
        }
    }

    @Test
    void whatIsNoFileStaysAsItIs() {
        ByteSource memory = new MemoryStore(new byte[BLOCK]);
        assertThat(SparseSource.of(memory)).isSameAs(memory);
        assertThat(memory.zerosUntil(0)).isZero();
        assertThat(memory.dataUntil(0)).isEqualTo(BLOCK);
    }
}
