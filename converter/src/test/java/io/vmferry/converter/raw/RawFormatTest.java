package io.vmferry.converter.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStore;
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
        java.util.Arrays.fill(expected, 0, 300_000, (byte) 0);
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

    private record FixedSize(ByteStore store) implements ByteStore {
        @Override
        public String name() {
            return "/dev/test";
        }

        @Override
        public long size() {
            return store.size();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return store.read(offset, target);
        }

        @Override
        public void write(long offset, ByteBuffer source) {
            store.write(offset, source);
        }

        @Override
        public void zero(long offset, long length) {
            store.zero(offset, length);
        }

        @Override
        public void resize(long size) {
            assertThat(size).isLessThanOrEqualTo(store.size());
        }

        @Override
        public void force() {
            store.force();
        }

        @Override
        public void close() {
            store.close();
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
