package io.vmferry.spi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.spi.image.ByteStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectStoreTest {
    private static final int MIB = 1 << 20;
    private static final int BLOCK = DirectStore.ALIGNMENT;

    @TempDir
    Path folder = Path.of("");

    private Path path = Path.of("");

    @BeforeEach
    void directWritesArePossible() {
        path = folder.resolve("file");
        try (ByteStore store = DirectStore.open(path)) {
            boolean direct = store instanceof DirectStore;
            if (!direct) {
                System.out.println("skipped: no direct writes in " + folder + ", set java.io.tmpdir to a local disk");
            }
            assumeTrue(
                    direct, "the file system of " + folder + " takes no direct writes: set java.io.tmpdir to a disk");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void writesOfAllSizesBySeveralThreadsAddUp(long seed) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] content = new byte[14 * MIB + random.nextInt(MIB)];
        random.nextBytes(content);
        List<int[]> pieces = pieces(content.length, seed % 2 == 0 ? 1 : BLOCK, random);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ByteStore store = DirectStore.open(path)) {
            List<Future<?>> writes = new ArrayList<>();
            for (int[] piece : pieces) {
                ByteBuffer bytes = buffer(content, piece, random.nextInt(3));
                writes.add(threads.submit(() -> store.write(piece[0], bytes)));
            }
            for (Future<?> write : writes) {
                write.get();
            }
            assertThat(store.size()).isEqualTo(content.length);
            byte[] read = new byte[content.length];
            assertThat(store.read(0, ByteBuffer.wrap(read))).isEqualTo(content.length);
            assertThat(read).isEqualTo(content);
        } finally {
            threads.shutdownNow();
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
    }

    /** Ranges that cover everything, in an order in which mostly the next one follows. */
    private static List<int[]> pieces(int size, int multiple, Random random) {
        List<int[]> pieces = new ArrayList<>();
        for (int at = 0; at < size; ) {
            int length = Math.min(
                    size - at, (1 + random.nextInt(random.nextBoolean() ? 3 * MIB : 70_000) / multiple) * multiple);
            pieces.add(new int[] {at, length});
            at += length;
        }
        for (int i = 0; i < pieces.size() / 4; i++) {
            Collections.swap(pieces, random.nextInt(pieces.size()), random.nextInt(pieces.size()));
        }
        return pieces;
    }

    private static ByteBuffer buffer(byte[] content, int[] piece, int kind) {
        if (kind == 0) {
            return ByteBuffer.wrap(content, piece[0], piece[1]);
        }
        int shift = kind == 1 ? 0 : 8;
        return DirectStore.aligned(piece[1] + shift)
                .position(shift)
                .put(content, piece[0], piece[1])
                .position(shift);
    }

    @Test
    void aLaterWriteWinsOverOneThatWaits() throws IOException {
        byte[] expected = new byte[2 * MIB];
        try (ByteStore store = DirectStore.open(path)) {
            store.write(0, ByteBuffer.allocate(100).put(0, (byte) 1));
            store.write(0, DirectStore.aligned(2 * MIB).put(0, (byte) 2).put(MIB, (byte) 3));
            store.write(5, ByteBuffer.wrap(new byte[] {4}));
        }
        expected[0] = 2;
        expected[MIB] = 3;
        expected[5] = 4;
        assertThat(Files.readAllBytes(path)).isEqualTo(expected);
    }

    @Test
    void whatWaitsCountsForEverythingElse() {
        try (ByteStore store = DirectStore.open(path)) {
            store.write(10, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(store.size()).isEqualTo(13);
            store.write(20, ByteBuffer.wrap(new byte[] {4, 5, 6}));
            store.resize(21);
            store.write(30, ByteBuffer.wrap(new byte[] {7, 8}));
            store.zero(31, 9);
            ByteBuffer read = ByteBuffer.allocate(100);
            assertThat(store.read(0, read)).isEqualTo(40);
            byte[] expected = new byte[40];
            expected[10] = 1;
            expected[11] = 2;
            expected[12] = 3;
            expected[20] = 4;
            expected[30] = 7;
            assertThat(read.array()).startsWith(expected);
        }
    }

    @Test
    void writesFarApartDoNotPileUp() throws IOException {
        try (ByteStore store = DirectStore.open(path)) {
            for (int i = 0; i < 100; i++) {
                store.write(i * 7L * MIB + i, ByteBuffer.wrap(new byte[] {(byte) (i + 1)}));
            }
        }
        try (FileSource source = FileSource.open(path)) {
            assertThat(source.size()).isEqualTo(99 * 7L * MIB + 100);
            for (int i = 0; i < 100; i++) {
                ByteBuffer one = ByteBuffer.allocate(3);
                source.read(i * 7L * MIB + i - (i == 0 ? 0 : 1), one);
                assertThat(one.get(i == 0 ? 0 : 1)).isEqualTo((byte) (i + 1));
                assertThat(one.get(2)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {(2L << 30) - MIB, (4L << 30) + 12345, (5L << 40)})
    void reachesFarOffsets(long offset) throws IOException {
        byte[] content = new byte[2 * MIB + 77];
        new Random(offset).nextBytes(content);
        try (ByteStore store = DirectStore.open(path)) {
            store.write(offset, DirectStore.aligned(content.length).put(content).flip());
            store.force();
            assertThat(store.size()).isEqualTo(offset + content.length);
        }
        byte[] read = new byte[content.length];
        try (FileSource source = FileSource.open(path)) {
            source.read(offset, ByteBuffer.wrap(read));
        }
        assertThat(read).isEqualTo(content);
    }

    @Test
    void goesOnWithWhatIsThere() throws IOException {
        Files.write(path, new byte[] {1, 2, 3, 4, 5});
        try (ByteStore store = DirectStore.open(path)) {
            store.write(2, ByteBuffer.wrap(new byte[] {9}));
        }
        assertThat(Files.readAllBytes(path)).containsExactly(1, 2, 9, 4, 5);
    }
}
