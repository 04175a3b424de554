package io.vmferry.converter.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.QemuImg;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.WritableFormat;
import io.vmferry.spi.testing.ImageWriterContract;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Qcow2WriterTest {
    private static final int CLUSTER = 65536;

    abstract static class Writer extends ImageWriterContract {
        private final @Nullable BlockEncoding encoding;

        Writer(@Nullable BlockEncoding encoding) {
            this.encoding = encoding;
        }

        @Override
        protected WritableFormat format() {
            return new Qcow2Format();
        }

        @Override
        protected @Nullable BlockEncoding encoding() {
            return encoding;
        }

        @Override
        protected byte @Nullable [] encode(byte[] block) {
            return encoding == null ? null : compressed(encoding, block);
        }

        @Override
        protected DiskImage open(Path file) {
            return new Qcow2Format().open(FileSource.open(file), Qcow2ImageTest.NOBODY);
        }
    }

    @Nested
    class Plain extends Writer {
        Plain() {
            super(null);
        }
    }

    @Nested
    class Deflate extends Writer {
        Deflate() {
            super(BlockEncoding.DEFLATE);
        }
    }

    @Nested
    class Zstd extends Writer {
        Zstd() {
            super(BlockEncoding.ZSTD);
        }
    }

    /**
     * More than 2 GiB of file, so that refcount blocks follow each other, with compressed clusters across all borders. Most
     * of the file is never written, so this is quick.
     */
    @Test
    void qemuFindsEveryRefcountRight(@TempDir Path folder) throws Exception {
        QemuImg.required();
        RandomGenerator random = SampleDisk.random(41);
        Path file = folder.resolve("large.qcow2");
        long clusters = 100_000;
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = new Qcow2Format().create(store, clusters * CLUSTER, BlockEncoding.DEFLATE, null)) {
            long at = 0;
            while (at < clusters) {
                int run = (int) Math.min(clusters - at, random.nextInt(1, 3000));
                int kind = random.nextInt(3);
                List<Block> blocks = new ArrayList<>();
                for (int i = 0; i < run; i++) {
                    long start = (at + i) * CLUSTER;
                    if (kind == 0) {
                        blocks.add(new Block(Extent.data(start, CLUSTER), ByteBuffer.allocate(CLUSTER)));
                    } else if (kind == 1 || random.nextInt(4) > 0) {
                        int size = random.nextInt(1, CLUSTER);
                        EncodedBlock encoded = new EncodedBlock(BlockEncoding.DEFLATE, -1, size);
                        blocks.add(new Block(Extent.encoded(start, CLUSTER, encoded), ByteBuffer.allocate(size)));
                    } else {
                        blocks.add(Block.empty(Extent.zero(start, CLUSTER)));
                    }
                }
                // The tables are what counts here: the data clusters stay holes.
                Qcow2Placement placement = (Qcow2Placement) writer.place(blocks);
                new Qcow2Placement(store, List.of(), new long[0], placement.tables()).write();
                if (random.nextInt(20) == 0) {
                    writer.checkpoint();
                }
                at += run;
            }
            writer.finish();
            assertThat(writer.bytesWritten()).isGreaterThan(2L << 30);
        }
        QemuImg.check(file);
    }

    @Test
    void isNoImageBeforeItIsFinished(@TempDir Path folder) {
        Path file = folder.resolve("half.qcow2");
        try (FileStore store = FileStore.open(file);
                ImageWriter writer = new Qcow2Format().create(store, 1 << 20, null, null)) {
            writer.place(List.of(Block.empty(Extent.hole(0, 1 << 20)))).write();
            writer.checkpoint();
            assertThat(new Qcow2Format().probe(head(store))).isFalse();
            writer.finish();
            assertThat(new Qcow2Format().probe(head(store))).isTrue();
        }
    }

    @Test
    void roundsTheSizeUpToSectors() {
        MemoryStore store = new MemoryStore();
        try (ImageWriter writer = new Qcow2Format().create(store, 1000, null, null)) {
            writer.place(List.of(Block.empty(Extent.hole(0, 1000)))).write();
            writer.finish();
        }
        try (DiskImage image = new Qcow2Format().open(store, Qcow2ImageTest.NOBODY)) {
            assertThat(image.virtualSize()).isEqualTo(1024);
        }
    }

    @Test
    void refusesWhatItCannotHold() {
        assertThatThrownBy(() -> new Qcow2Format().create(new MemoryStore(), Long.MAX_VALUE, null, null))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(Qcow2Error.QCOW2_DISK_TOO_LARGE));
        assertThatThrownBy(() -> new Qcow2Format().create(new MemoryStore(), 1, BlockEncoding.ZLIB, null))
                .isInstanceOf(IllegalArgumentException.class);
        try (ImageWriter writer = new Qcow2Format().create(new MemoryStore(), CLUSTER, BlockEncoding.DEFLATE, null)) {
            EncodedBlock zstd = new EncodedBlock(BlockEncoding.ZSTD, -1, 10);
            assertThatThrownBy(() ->
                            writer.place(List.of(new Block(Extent.encoded(0, CLUSTER, zstd), ByteBuffer.allocate(10)))))
                    .isInstanceOf(IllegalArgumentException.class);
            EncodedBlock grown = new EncodedBlock(BlockEncoding.DEFLATE, -1, CLUSTER);
            assertThatThrownBy(() -> writer.place(
                            List.of(new Block(Extent.encoded(0, CLUSTER, grown), ByteBuffer.allocate(CLUSTER)))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesACheckpointThatIsNotItsOwn() {
        for (String state : List.of("", "1,2,3", "a,b,c,d,e", "2,0,0,0,0", "99999999999,0,0,0,0", "8,-5,70,1,9")) {
            MemoryStore store = new MemoryStore(new byte[8 * CLUSTER]);
            assertThatThrownBy(() -> new Qcow2Format().create(store, 1 << 20, null, new Checkpoint(CLUSTER, state)))
                    .as(state)
                    .isInstanceOfSatisfying(
                            VmferryException.class,
                            e -> assertThat(e.code()).isEqualTo(Qcow2Error.QCOW2_CHECKPOINT_INVALID));
        }
    }

    static byte[] compressed(BlockEncoding encoding, byte[] block) {
        try (Codec codec = Codecs.best().open(encoding)) {
            ByteBuffer payload = ByteBuffer.allocate(2 * block.length);
            assertThat(codec.encode(ByteBuffer.wrap(block), payload)).isTrue();
            byte[] bytes = new byte[payload.position()];
            payload.get(0, bytes);
            return bytes;
        }
    }

    private static ByteBuffer head(FileStore store) {
        ByteBuffer head = ByteBuffer.allocate(512);
        store.read(0, head);
        return head.flip();
    }
}
