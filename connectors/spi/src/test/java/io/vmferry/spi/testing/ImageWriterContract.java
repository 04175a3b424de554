package io.vmferry.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import io.vmferry.spi.image.WritableFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ImageWriter} does, whatever its format and encoding. */
public abstract class ImageWriterContract {
    private static final long SEED = 0x5eed_317eL;
    private static final int BLOCKS = 40;

    @TempDir
    Path folder;

    protected abstract WritableFormat format();

    /** How data blocks are stored; null for plain ones. */
    protected @Nullable BlockEncoding encoding() {
        return null;
    }

    /** One block in {@link #encoding}; null to have it stored plain. */
    protected byte @Nullable [] encode(byte[] block) {
        return null;
    }

    /** The smallest disk that the format has; below, a writer says why not. */
    protected int smallest() {
        return 0;
    }

    /** Opens what was written. Its virtual size may be rounded up by the format; what is added is zero. */
    protected abstract DiskImage open(Path file);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 4096, 65535, 65536, 65537, 1 << 20, (5 << 20) + 1000})
    void givesBackWhatWasWritten(int size) throws IOException {
        byte[] content = content(size);
        Path file = folder.resolve("image");
        if (size < smallest()) {
            try (FileStore store = FileStore.open(file)) {
                assertThatThrownBy(() -> format().create(store, size, encoding(), null))
                        .isInstanceOf(VmferryException.class);
            }
            return;
        }
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = format().create(store, size, encoding(), null)) {
            write(writer, content, 0, size, 3, false);
            writer.finish();
            assertThat(writer.bytesWritten()).isBetween(0L, Files.size(file) + (1 << 20));
        }
        assertHolds(file, content);
    }

    @Test
    void dependsOnTheBlocksOnly() throws IOException {
        byte[] content = content(BLOCKS * 65536 - 777);
        byte[] expected = image(content, 1, false);
        for (int group : new int[] {2, 7, BLOCKS}) {
            assertThat(Arrays.equals(image(content, group, false), expected))
                    .as("groups of " + group)
                    .isTrue();
            assertThat(Arrays.equals(image(content, group, true), expected))
                    .as("groups of " + group + " written out of order")
                    .isTrue();
        }
    }

    @Test
    void goesOnBehindACheckpointAsIfNothingHadHappened() throws IOException {
        RandomGenerator random = random();
        byte[] content = content(BLOCKS * 65536 - 777);
        byte[] expected = image(content, 1, false);
        for (int round = 0; round < 12; round++) {
            Path file = folder.resolve("resumed-" + round);
            int saved = random.nextInt(BLOCKS + 1);
            int lost = random.nextInt(saved, BLOCKS + 1);
            Checkpoint checkpoint;
            try (FileStore store = FileStore.open(file);
                    ImageWriter writer = format().create(store, content.length, encoding(), null)) {
                write(writer, content, 0, at(saved, content), 3, false);
                checkpoint = writer.checkpoint();
                assertThat(checkpoint.position()).isEqualTo(at(saved, content));
                assertThat(checkpoint.state()).hasSizeLessThan(200).matches("\\p{Print}*");
                // All of this is lost, but for the bytes, tables and headers it leaves behind.
                write(writer, content, at(saved, content), at(lost, content), 2, true);
                if (round % 3 == 1) {
                    writer.checkpoint();
                } else if (round % 3 == 2 && lost == BLOCKS) {
                    writer.finish();
                }
            }
            try (FileStore store = FileStore.open(file)) {
                if (round % 2 == 0) {
                    byte[] garbage = new byte[200_000];
                    random.nextBytes(garbage);
                    store.write(store.size(), ByteBuffer.wrap(garbage));
                }
                try (ImageWriter writer = format().create(store, content.length, encoding(), checkpoint)) {
                    write(writer, content, at(saved, content), content.length, 5, false);
                    writer.finish();
                }
            }
            byte[] got = Files.readAllBytes(file);
            assertThat(Arrays.mismatch(got, expected))
                    .as("saved at block " + saved + ", lost after block " + lost)
                    .isEqualTo(-1);
        }
    }

    @Test
    void goesOnAgainAndAgain() throws IOException {
        byte[] content = content(BLOCKS * 65536);
        Path file = folder.resolve("image");
        @Nullable Checkpoint from = null;
        for (int block = 0; block < BLOCKS; block++) {
            try (FileStore store = FileStore.open(file);
                    ImageWriter writer = format().create(store, content.length, encoding(), from)) {
                write(writer, content, block * 65536, (block + 1) * 65536, 1, false);
                from = writer.checkpoint();
            }
        }
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = format().create(store, content.length, encoding(), from)) {
            writer.finish();
        }
        assertThat(Arrays.equals(Files.readAllBytes(file), image(content, 4, false)))
                .isTrue();
    }

    @Test
    void replacesWhatWasThere() throws IOException {
        byte[] garbage = new byte[3 << 20];
        random().nextBytes(garbage);
        Path file = Files.write(folder.resolve("image"), garbage);
        byte[] content = content(1 << 20);
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = format().create(store, content.length, encoding(), null)) {
            write(writer, content, 0, content.length, 3, false);
            writer.finish();
        }
        assertThat(Arrays.equals(Files.readAllBytes(file), image(content, 3, false)))
                .isTrue();
    }

    @Test
    void wantsBlocksInOrderAndAllOfThem() {
        byte[] block = content(65536);
        try (FileStore store = FileStore.open(folder.resolve("image"));
                ImageWriter writer = format().create(store, 3 * 65536, encoding(), null)) {
            assertThatThrownBy(() -> writer.place(List.of(data(65536, block))))
                    .isInstanceOf(IllegalArgumentException.class);
            write(writer, new byte[65536], 0, 65536, 1, false);
            assertThatThrownBy(() -> writer.place(List.of(data(0, block))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.place(List.of(Block.empty(Extent.zero(65536, 3 * 65536)))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void costsNothingForHoles() throws IOException {
        long size = (5L << 40) + 512;
        Path file = folder.resolve("image");
        byte[] last = new byte[512];
        last[511] = 7;
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = format().create(store, size, encoding(), null)) {
            Placement hole = writer.place(List.of(Block.empty(Extent.hole(0, size - 512))));
            hole.write();
            writer.place(List.of(data(size - 512, last))).write();
            writer.finish();
            assertThat(writer.bytesWritten()).isLessThan(4 << 20);
        }
        try (DiskImage image = open(file)) {
            ByteBuffer end = ByteBuffer.allocate(1024);
            image.read(size - 1024, end);
            byte[] expected = new byte[1024];
            expected[1023] = 7;
            assertThat(end.array()).isEqualTo(expected);
        }
    }

    private byte[] image(byte[] content, int group, boolean shuffled) throws IOException {
        Path file = Files.createTempFile(folder, "image", "");
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = format().create(store, content.length, encoding(), null)) {
            write(writer, content, 0, content.length, group, shuffled);
            writer.finish();
        }
        return Files.readAllBytes(file);
    }

    private void write(ImageWriter writer, byte[] content, int from, int to, int group, boolean shuffled) {
        List<Placement> placements = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (int start = from; start < to; start += 65536) {
            int end = Math.min(to, start + 65536);
            blocks.add(block(content, start, end));
            if (blocks.size() == group || end == to) {
                placements.add(writer.place(List.copyOf(blocks)));
                blocks.clear();
            }
        }
        if (shuffled) {
            Collections.shuffle(placements, new Random(SEED));
        }
        placements.forEach(Placement::write);
    }

    private Block block(byte[] content, int start, int end) {
        byte[] bytes = Arrays.copyOfRange(content, start, end);
        if (isZero(bytes)) {
            return Block.empty(start % 3 == 0 ? Extent.hole(start, end - start) : Extent.zero(start, end - start));
        }
        BlockEncoding encoding = encoding();
        byte[] payload = encoding == null ? null : encode(Arrays.copyOf(bytes, 65536));
        if (encoding == null || payload == null || payload.length >= 65536) {
            return data(start, bytes);
        }
        EncodedBlock encoded = new EncodedBlock(encoding, -1, payload.length);
        return new Block(Extent.encoded(start, end - start, encoded), ByteBuffer.wrap(payload));
    }

    private static Block data(long start, byte[] bytes) {
        return new Block(Extent.data(start, bytes.length), ByteBuffer.wrap(bytes));
    }

    private void assertHolds(Path file, byte[] content) {
        try (DiskImage image = open(file)) {
            assertThat(image.virtualSize()).isBetween((long) content.length, content.length + 511L);
            byte[] got = new byte[(int) image.virtualSize()];
            image.read(0, ByteBuffer.wrap(got));
            assertThat(Arrays.mismatch(Arrays.copyOf(content, got.length), got)).isEqualTo(-1);
        }
    }

    private static int at(int block, byte[] content) {
        return Math.min(content.length, block * 65536);
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Blocks of zeros, of text that shrinks, and of noise that does not. */
    private static byte[] content(int size) {
        RandomGenerator random = random();
        byte[] content = new byte[size];
        for (int start = 0; start < size; start += 65536) {
            int end = Math.min(size, start + 65536);
            int kind = random.nextInt(4);
            for (int i = start; kind > 0 && i < end; i++) {
                content[i] = (byte) (kind == 1 ? random.nextInt() : "vmferry".charAt(random.nextInt(7)));
            }
        }
        return content;
    }

    private static RandomGenerator random() {
        System.out.println("seed " + SEED);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }
}
