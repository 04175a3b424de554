package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.QemuImg;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.WritableFormat;
import io.vmferry.spi.testing.ImageWriterContract;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmdkWriterTest {
    private static final int GRAIN = StreamLayout.GRAIN;

    @TempDir
    Path folder = Path.of("");

    abstract static class Writer extends ImageWriterContract {
        @Override
        protected WritableFormat format() {
            return new VmdkFormat();
        }

        @Override
        protected int smallest() {
            return 1;
        }

        @Override
        protected DiskImage open(Path file) {
            return new VmdkFormat().open(FileSource.open(file), MemorySource.NONE);
        }
    }

    @Nested
    class Compressed extends Writer {
        @Override
        protected BlockEncoding encoding() {
            return BlockEncoding.ZLIB;
        }

        @Override
        protected byte[] encode(byte[] block) {
            return zlib(block);
        }
    }

    @Nested
    class Stored extends Writer {}

    private static byte[] zlib(byte[] block) {
        try (Codec codec = Codecs.jdk().open(BlockEncoding.ZLIB)) {
            ByteBuffer payload = ByteBuffer.allocate(2 * block.length);
            codec.encode(ByteBuffer.wrap(block), payload);
            return Arrays.copyOf(payload.array(), payload.position());
        }
    }

    /** What other tests already hold against qemu-img and the field tables. */
    @Test
    void writesWhatTheOtherWriterWrites() {
        RandomGenerator random = Contents.random(61);
        long grains = 3000;
        MemoryStore expected = new MemoryStore();
        MemoryStore store = new MemoryStore();
        try (StreamOptimizedWriter other = StreamOptimizedWriter.create(expected, grains * GRAIN);
                ImageWriter writer = new VmdkFormat().create(store, grains * GRAIN, BlockEncoding.ZLIB, null)) {
            for (long grain = 0; grain < grains; grain++) {
                // Nothing in some tables, and not all in others.
                boolean there = grain / 512 != 2 && random.nextInt(3) == 0;
                if (!there) {
                    writer.place(List.of(Block.empty(Extent.zero(grain * GRAIN, GRAIN))))
                            .write();
                    continue;
                }
                byte[] payload = new byte[1 + random.nextInt(2000)];
                random.nextBytes(payload);
                other.compressedGrain(grain * 128, ByteBuffer.wrap(payload));
                EncodedBlock encoded = new EncodedBlock(BlockEncoding.ZLIB, -1, payload.length);
                Extent extent = Extent.encoded(grain * GRAIN, GRAIN, encoded);
                writer.place(List.of(new Block(extent, ByteBuffer.wrap(payload))))
                        .write();
            }
            other.finish();
            writer.finish();
        }
        assertThat(Arrays.mismatch(store.content(), expected.content())).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"62, 16777216", "63, 34604544", "64, 512", "65, 65536", "66, 34604032"})
    void qemuReadsIt(long seed, int size) throws Exception {
        QemuImg.required();
        RandomGenerator random = Contents.random(seed);
        Path raw = Files.write(folder.resolve("disk.raw"), Contents.mixed(size, 1 << random.nextInt(12, 21), random));
        Path vmdk = folder.resolve("disk.vmdk");
        copy(raw, vmdk, BlockEncoding.ZLIB, 3);
        QemuImg.compare("vmdk", vmdk, "raw", raw);
        QemuImg.run("check", "-f", "vmdk", vmdk);
        assertThat(QemuImg.run("info", vmdk)).contains("streamOptimized", "(" + size + " bytes)");

        Path stored = folder.resolve("stored.vmdk");
        copy(vmdk, stored, null, 3);
        QemuImg.compare("vmdk", stored, "raw", raw);
        Path again = folder.resolve("again.vmdk");
        copy(raw, again, BlockEncoding.ZLIB, 1);
        assertThat(Files.mismatch(again, vmdk))
                .as("the same by any number of threads")
                .isEqualTo(-1);
    }

    /** Grains go from VMDK to qcow2 and back without being compressed again, and every one is checked on its way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handsCompressedBlocksOn(boolean verify) throws Exception {
        Path raw = Files.write(folder.resolve("disk.raw"), Contents.mixed(20 << 20, 200_000, Contents.random(67)));
        Path vmdk = folder.resolve("disk.vmdk");
        Path qcow2 = folder.resolve("disk.qcow2");
        Path back = folder.resolve("back.vmdk");
        CopyResult first = copy(raw, vmdk, BlockEncoding.ZLIB, 2);
        copy(vmdk, qcow2, BlockEncoding.DEFLATE, 2);
        CopyResult third = copy(qcow2, back, BlockEncoding.ZLIB, 2, verify);
        assertThat(first.counts().reencoded()).isGreaterThan(50);
        assertThat(third.counts().passedThrough()).isEqualTo(first.counts().reencoded());
        // Here a block that did not shrink came plain, and is tried once more.
        assertThat(third.counts().plain()).isEqualTo(first.counts().plain());
        CopyResult fourth = copy(vmdk, folder.resolve("same.vmdk"), BlockEncoding.ZLIB, 2, verify);
        assertThat(fourth.counts().reencoded()).isZero();
        for (Path file : List.of(vmdk, qcow2, back, folder.resolve("same.vmdk"))) {
            assertThat(digest(file)).isEqualTo(digest(raw));
        }
    }

    @Test
    void aDamagedClusterIsNotWrapped() throws Exception {
        Path raw = Files.write(folder.resolve("disk.raw"), Contents.mixed(4 << 20, 1 << 20, Contents.random(68)));
        Path qcow2 = folder.resolve("disk.qcow2");
        copy(raw, qcow2, BlockEncoding.DEFLATE, 1);
        byte[] bytes = Files.readAllBytes(qcow2);
        Arrays.fill(bytes, bytes.length - 70_000, bytes.length - 10_000, (byte) 0xff);
        Files.write(qcow2, bytes);
        for (boolean verify : new boolean[] {true, false}) {
            assertThatThrownBy(() -> copy(qcow2, folder.resolve("x.vmdk"), BlockEncoding.ZLIB, 1, verify))
                    .isInstanceOf(VmferryException.class);
        }
    }

    /** More than 2 TiB of disk is no matter; more than 2 TiB of file is. */
    @Test
    void endsWhereSectorNumbersEnd() throws Exception {
        QemuImg.required();
        long size = (3L << 40) + 512;
        Path vmdk = folder.resolve("huge.vmdk");
        try (FileStore store = FileStore.open(vmdk);
                ImageWriter writer = new VmdkFormat().create(store, size, null, null)) {
            byte[] one = new byte[GRAIN];
            one[17] = 1;
            writer.place(List.of(Block.empty(Extent.hole(0, 2L << 40)), data(2L << 40, one)))
                    .write();
            writer.place(List.of(
                            Block.empty(Extent.hole((2L << 40) + GRAIN, size - 512 - (2L << 40) - GRAIN)),
                            data(size - 512, Arrays.copyOf(one, 512))))
                    .write();
            writer.finish();
        }
        Path qcow2 = folder.resolve("huge.qcow2");
        QemuImg.run("convert", "-f", "vmdk", "-O", "qcow2", vmdk, qcow2);
        QemuImg.compare("vmdk", vmdk, "qcow2", qcow2);
        assertThat(digest(vmdk)).isEqualTo(digest(qcow2));

        Checkpoint full = new Checkpoint((2L << 40) - (32 << 20), (1L << 32) - 200 + ",0");
        assertThatThrownBy(() -> new VmdkFormat().create(new Endless(), 3L << 40, null, full))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(VmdkError.VMDK_CHECKPOINT_INVALID));
        try (ImageWriter writer = new VmdkFormat().create(new Endless(), 3L << 40, null, null)) {
            ByteBuffer much = ByteBuffer.allocate(64 * GRAIN);
            assertThatThrownBy(() -> {
                        for (long at = 0; at < 3L << 40; at += much.capacity()) {
                            writer.place(List.of(new Block(Extent.data(at, much.capacity()), much)));
                        }
                    })
                    .isInstanceOfSatisfying(VmferryException.class, e -> {
                        assertThat(e.code()).isEqualTo(VmdkError.VMDK_TOO_LARGE);
                        assertThat(e.reason()).contains("2 TiB");
                    });
        }
        assertThatThrownBy(() -> new VmdkFormat().create(new Endless(), 129L << 40, null, null))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(VmdkError.VMDK_TOO_LARGE));
    }

    /** The contract holds that going on gives the same file; here what it goes on from is not what it was. */
    @Test
    void goesOnOnlyWithWhatItWrote() {
        MemoryStore store = new MemoryStore();
        Checkpoint checkpoint;
        try (ImageWriter writer = new VmdkFormat().create(store, 600L * GRAIN, null, null)) {
            for (int i = 0; i < 520; i++) {
                writer.place(List.of(data((long) i * GRAIN, new byte[GRAIN]))).write();
            }
            checkpoint = writer.checkpoint();
        }
        byte[] good = store.content();
        int table = 128 * 512 + 512 * (129 * 512) + 512;
        for (int at : new int[] {128 * 512, 128 * 512 + 8, table, table + 2048, good.length - 129 * 512}) {
            byte[] bad = good.clone();
            bad[at + 3] ^= 0x40;
            refuses(new MemoryStore(bad), checkpoint);
        }
        refuses(new MemoryStore(Arrays.copyOf(good, good.length - 600)), checkpoint);
        for (String state :
                new String[] {"", "1", "x,0", "-5,0", "128,-1", checkpoint.state() + ",1", "128,133", "9,0"}) {
            refuses(new MemoryStore(good), new Checkpoint(checkpoint.position(), state));
        }
        refuses(new MemoryStore(good), new Checkpoint(0, checkpoint.state()));
    }

    private static void refuses(ByteStore store, Checkpoint from) {
        assertThatThrownBy(() -> new VmdkFormat().create(store, 600L * GRAIN, null, from))
                .as(from.state())
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(VmdkError.VMDK_CHECKPOINT_INVALID));
    }

    @Test
    void takesZlibOnly() {
        assertThatThrownBy(() -> new VmdkFormat().create(new MemoryStore(), GRAIN, BlockEncoding.DEFLATE, null))
                .isInstanceOf(IllegalArgumentException.class);
        try (ImageWriter writer = new VmdkFormat().create(new MemoryStore(), GRAIN, null, null)) {
            EncodedBlock zlib = new EncodedBlock(BlockEncoding.ZLIB, -1, 10);
            assertThatThrownBy(() ->
                            writer.place(List.of(new Block(Extent.encoded(0, GRAIN, zlib), ByteBuffer.allocate(10)))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Block data(long start, byte[] content) {
        return new Block(Extent.data(start, content.length), ByteBuffer.wrap(content));
    }

    private static String digest(Path file) {
        try (DiskImage image = open(file)) {
            return ImageDigest.of(image, 2).hex();
        }
    }

    private static DiskImage open(Path file) {
        return ImageFormats.open(FileSource.open(file), MemorySource.NONE);
    }

    private static CopyResult copy(Path from, Path to, @Nullable BlockEncoding encoding, int threads) throws Exception {
        return copy(from, to, encoding, threads, true);
    }

    private static CopyResult copy(Path from, Path to, @Nullable BlockEncoding encoding, int threads, boolean verify)
            throws Exception {
        Files.deleteIfExists(to);
        String name = to.toString();
        CopyOptions options =
                CopyOptions.of(from.toString()).withThreads(threads).withVerify(verify);
        try (DiskImage image = open(from);
                FileStore store = FileStore.open(to);
                ImageWriter writer = ImageFormats.writable(name.substring(name.lastIndexOf('.') + 1))
                        .create(store, image.virtualSize(), encoding, null);
                DiskCopy copy = DiskCopy.start(image, writer, options, null, null)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            return copy.finish();
        }
    }

    /** Takes any amount and keeps nothing. */
    private static final class Endless implements ByteStore {
        private long size;

        @Override
        public String name() {
            return "endless.vmdk";
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return 0;
        }

        @Override
        public void write(long offset, ByteBuffer source) {
            size = Math.max(size, offset + source.remaining());
        }

        @Override
        public void zero(long offset, long length) {
            size = Math.max(size, offset + length);
        }

        @Override
        public void resize(long newSize) {
            size = newSize;
        }

        @Override
        public void force() {
            // Nothing is kept.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
