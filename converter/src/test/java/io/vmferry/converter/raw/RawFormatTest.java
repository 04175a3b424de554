package io.vmferry.converter.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmferry.converter.file.SparseSource;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.ForwardingStore;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.image.WritableFormat;
import io.vmferry.spi.testing.DiskImageContract;
import io.vmferry.spi.testing.ImageWriterContract;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFormatTest {
    static final Siblings NOBODY = name -> {
        throw new AssertionError(name);
    };

    @Nested
    class Image extends DiskImageContract {
        private final byte[] content = SampleDisk.content(31, 3_000_001);

        @Override
        protected DiskImage open() {
            return new RawFormat().open(new MemoryStore(content), NOBODY);
        }

        @Override
        protected byte[] content() {
            return content;
        }
    }

    @Nested
    class Writer extends ImageWriterContract {
        @Override
        protected WritableFormat format() {
            return new RawFormat();
        }

        @Override
        protected DiskImage open(Path file) {
            return new RawFormat().open(FileSource.open(file), NOBODY);
        }
    }

    @Test
    void leavesHolesWhereZerosAre(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("sparse.raw");
        long size = 1L << 30;
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = new RawFormat().create(store, size, null, null)) {
            writer.place(List.of(Block.empty(Extent.zero(0, size)))).write();
            writer.finish();
        }
        assertThat(Files.size(file)).isEqualTo(size);
        assertThat(((Number) Files.getAttribute(file, "unix:nlink")).intValue()).isEqualTo(1);
        try (FileStore store = FileStore.open(file)) {
            ByteBuffer end = ByteBuffer.allocate(4);
            store.read(size - 4, end);
            assertThat(end.array()).isEqualTo(new byte[4]);
        }
    }

    /** Over an old file, and going on behind a checkpoint over what the attempt before left there. */
    @Test
    void leavesHolesOverOldContentAndBehindCheckpoints(@TempDir Path folder) throws Exception {
        int mib = 1 << 20;
        byte[] old = new byte[12 * mib];
        SampleDisk.random(33).nextBytes(old);
        Path file = Files.write(folder.resolve("disk.raw"), old);
        byte[] data = Arrays.copyOf(old, mib);
        Checkpoint checkpoint;
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = new RawFormat().create(store, 12 * mib, null, null)) {
            writer.place(List.of(
                            new Block(Extent.data(0, mib), ByteBuffer.wrap(data)),
                            Block.empty(Extent.zero(mib, 3 * mib))))
                    .write();
            checkpoint = writer.checkpoint();
            writer.place(List.of(new Block(Extent.data(4 * mib, 8 * mib), ByteBuffer.wrap(old, 0, 8 * mib))))
                    .write();
        }
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = new RawFormat().create(store, 12 * mib, null, checkpoint)) {
            writer.place(List.of(
                            Block.empty(Extent.hole(4 * mib, 6 * mib)),
                            new Block(Extent.data(10 * mib, mib), ByteBuffer.wrap(data)),
                            Block.empty(Extent.zero(11 * mib, mib))))
                    .write();
            writer.finish();
        }
        byte[] expected = new byte[12 * mib];
        System.arraycopy(data, 0, expected, 0, mib);
        System.arraycopy(data, 0, expected, 10 * mib, mib);
        assertThat(Arrays.equals(Files.readAllBytes(file), expected)).isTrue();
        try (ByteSource source = SparseSource.of(FileSource.open(file))) {
            assumeThat(source.zerosUntil(2 * mib))
                    .as("the file system of the temporary folder tells its holes")
                    .isGreaterThan(2 * mib);
            assertThat(source.zerosUntil(mib)).isEqualTo(10 * mib);
            assertThat(source.zerosUntil(11 * mib)).isEqualTo(12 * mib);
        }
    }

    /** A device has old content and keeps its length. */
    @Test
    void zeroesWhatCannotBeCutAway() {
        byte[] old = new byte[1 << 20];
        SampleDisk.random(32).nextBytes(old);
        MemoryStore memory = new MemoryStore(old);
        ByteStore device = new FixedSize(memory);
        try (ImageWriter writer = new RawFormat().create(device, 300_000, null, null)) {
            byte[] block = new byte[65536];
            block[5] = 1;
            writer.place(List.of(
                            Block.empty(Extent.hole(0, 65536)),
                            new Block(Extent.data(65536, 65536), ByteBuffer.wrap(block))))
                    .write();
            writer.place(List.of(Block.empty(Extent.zero(131072, 300_000 - 131072))))
                    .write();
            writer.finish();
        }
        byte[] expected = old.clone();
        Arrays.fill(expected, 0, 300_000, (byte) 0);
        expected[65541] = 1;
        assertThat(memory.content()).isEqualTo(expected);
    }

    @Test
    void tellsAFileThatShrankMeanwhile() {
        ByteSource shrunk = new Shrunk(new MemoryStore(new byte[1000]));
        try (DiskImage image = new RawFormat().open(shrunk, NOBODY)) {
            assertThatThrownBy(() -> image.read(900, ByteBuffer.allocate(200)))
                    .isInstanceOfSatisfying(VmferryException.class, e -> {
                        assertThat(e.code()).isEqualTo(CommonError.READ_FAILED);
                        assertThat(e.subject()).contains("offset 1000");
                    });
        }
    }

    @Test
    void takesNoEncoding() {
        assertThatThrownBy(() -> new RawFormat().create(new MemoryStore(), 1, BlockEncoding.ZSTD, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final class FixedSize extends ForwardingStore {
        FixedSize(ByteStore store) {
            super(store);
        }

        @Override
        public String name() {
            return "/dev/test";
        }

        @Override
        public void resize(long size) {
            assertThat(size).isLessThanOrEqualTo(store.size());
        }
    }

    private record Shrunk(ByteSource file) implements ByteSource {
        @Override
        public String name() {
            return "shrunk.raw";
        }

        @Override
        public long size() {
            return file.size() + 500;
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return file.read(offset, target);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
