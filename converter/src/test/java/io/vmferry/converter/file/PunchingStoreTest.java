package io.vmferry.converter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PunchingStoreTest {
    private static final int SIZE = 40 << 20;

    @TempDir
    Path folder = Path.of("");

    /** A file or device in memory that can, or cannot, be asked for zeros; notes what it was asked. */
    private static final class Fake implements Eraser {
        final ByteStore store;
        final boolean punches;
        final boolean zeroes;
        final List<String> asked = new ArrayList<>();
        boolean closed;

        Fake(ByteStore store, boolean punches, boolean zeroes) {
            this.store = store;
            this.punches = punches;
            this.zeroes = zeroes;
        }

        @Override
        public boolean punch(long offset, long length) {
            asked.add("punch " + offset + "+" + length);
            return punches && done(offset, length);
        }

        @Override
        public boolean zero(long offset, long length) {
            asked.add("zero " + offset + "+" + length);
            return zeroes && done(offset, length);
        }

        private boolean done(long offset, long length) {
            assertThat(offset % 4096).isZero();
            assertThat(length % 4096).isZero();
            store.write(offset, ByteBuffer.allocate((int) length));
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"punches", "zeroes", "neither"})
    void zerosReadAsZerosHoweverTheyAreMade(String how) {
        long seed = 71;
        System.out.println("PunchingStoreTest seed " + seed);
        RandomGenerator random = new java.util.Random(seed);
        byte[] content = new byte[SIZE];
        random.nextBytes(content);
        MemoryStore memory = new MemoryStore(content.clone());
        Fake eraser = new Fake(memory, how.equals("punches"), how.equals("zeroes"));
        try (PunchingStore store = new PunchingStore(new DeviceStore(memory), eraser)) {
            for (int i = 0; i < 30; i++) {
                int from = random.nextInt(SIZE);
                int length = 1 + random.nextInt(i % 3 == 0 ? 100 : Math.min(SIZE - from, 18 << 20));
                length = Math.min(length, SIZE - from);
                Arrays.fill(content, from, from + length, (byte) 0);
                store.zero(from, length);
            }
            store.zero(SIZE - 5000, 5000);
            Arrays.fill(content, SIZE - 5000, SIZE, (byte) 0);
        }
        assertThat(Arrays.equals(memory.content(), content)).isTrue();
        assertThat(eraser.closed).isTrue();
        long punched = eraser.asked.stream().filter(a -> a.startsWith("punch")).count();
        long zeroed = eraser.asked.stream().filter(a -> a.startsWith("zero")).count();
        if (how.equals("punches")) {
            assertThat(punched).isGreaterThan(15);
            assertThat(zeroed).isZero();
        } else {
            assertThat(punched).as("what fails is not tried again").isEqualTo(1);
            assertThat(zeroed).isEqualTo(how.equals("zeroes") ? zeroed : 1).isPositive();
        }
    }

    @Test
    void givesTheRoomOfAFileBack() throws IOException {
        Path file = folder.resolve("disk.raw");
        byte[] content = new byte[1 << 20];
        Arrays.fill(content, (byte) 7);
        try (FileStore store = FileStore.open(file)) {
            store.write(0, ByteBuffer.wrap(content));
            store.force();
        }
        OpenFile eraser;
        try {
            eraser = OpenFile.open(file, false);
        } catch (LinkageError e) {
            assumeThat(e).as("JNA is to be had on this machine").isNull();
            return;
        }
        try (PunchingStore store = new PunchingStore(FileStore.open(file), eraser)) {
            store.zero((128 << 10) - 100, (256 << 10) + 200);
        }
        Arrays.fill(content, (128 << 10) - 100, (384 << 10) + 100, (byte) 0);
        ByteBuffer got = ByteBuffer.allocate(content.length);
        try (ByteSource source = SparseSource.of(FileSource.open(file))) {
            source.read(0, got);
            assertThat(Arrays.equals(got.array(), content)).isTrue();
            assertThat(source.size()).isEqualTo(content.length);
            assumeThat(source.zerosUntil(128 << 10))
                    .as("the file system of the temporary folder punches holes and tells them")
                    .isGreaterThan(128 << 10);
            assertThat(source.zerosUntil(128 << 10)).isEqualTo(384 << 10);
        }
    }
}
