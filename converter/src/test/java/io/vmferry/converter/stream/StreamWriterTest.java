package io.vmferry.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdInputStream;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.CountingCodecs;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class StreamWriterTest {
    private static final int SIZE = 5 * (1 << 20) + 3 * 512;

    @TempDir
    Path folder;

    /** From every kind of source, verified or not, with any number of threads: the same content and the same digest. */
    @ParameterizedTest
    @EnumSource
    void carriesTheContent(StreamEncoding encoding) throws IOException {
        byte[] content = SampleDisk.content(131, SIZE);
        List<byte[]> sources = new ArrayList<>(List.of(content, Disks.streamOptimized(content)));
        sources.add(qcow2(content, BlockEncoding.DEFLATE));
        sources.add(qcow2(content, BlockEncoding.ZSTD));
        for (byte[] source : sources) {
            for (boolean verify : new boolean[] {true, false}) {
                byte[] first = new byte[0];
                for (int threads : new int[] {1, 4}) {
                    MemoryUpload upload = new MemoryUpload();
                    CopyResult result = copy(source, encoding, upload, threads, verify);
                    assertThat(upload.complete).isTrue();
                    byte[] body = upload.body();
                    assertThat(Arrays.mismatch(decoded(encoding, body), content))
                            .isEqualTo(-1);
                    assertThat(result.bytesWritten()).isEqualTo(body.length);
                    if (verify) {
                        assertThat(result.digest()).isEqualTo(BlkSum.of(content));
                    }
                    first = threads == 1 ? body : first;
                    assertThat(Arrays.mismatch(body, first))
                            .as(threads + " threads")
                            .isEqualTo(-1);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesDisksOfAnySize(StreamEncoding encoding) throws IOException {
        for (int size : new int[] {0, 1, 511, 512, 65535, 65536, 65537, 131_072, (1 << 20) + 1}) {
            byte[] content = SampleDisk.content(132, size);
            byte[] zeros = new byte[size];
            byte[] end = new byte[size];
            Arrays.fill(end, size / 2, size, (byte) 'e');
            for (byte[] disk : List.of(content, zeros, end)) {
                MemoryUpload upload = new MemoryUpload();
                copy(disk, encoding, upload, 2, true);
                assertThat(decoded(encoding, upload.body())).isEqualTo(disk);
                encoding.length(size)
                        .ifPresent(length -> assertThat(upload.body()).hasSize((int) length));
            }
        }
    }

    /**
     * The deflate data of a grain are found in the gzip body as they are: nothing was compressed again, and nothing inflated twice.
     * The last block may be cut by the disk's end, and is looked at once more.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesGrainsThroughWithOneInflateEach(boolean verify) {
        byte[] content = SampleDisk.content(133, SIZE);
        byte[] vmdk = Disks.streamOptimized(content);
        CountingCodecs codecs = new CountingCodecs();
        CopyResult result = copy(vmdk, StreamEncoding.GZIP, new MemoryUpload(), 2, verify, codecs);
        assertThat(result.counts().passedThrough()).isGreaterThan(25);
        assertThat(result.counts().reencoded()).isLessThanOrEqualTo(1);
        long grains = result.counts().passedThrough()
                + result.counts().reencoded()
                + result.counts().plain();
        assertThat((long) codecs.decoded.get()).isBetween(result.counts().passedThrough(), grains + 2);
    }

    /** Without verification nothing looks into a frame, though it must end where its block heads say. */
    @Test
    void passesFramesThroughUnopened() throws IOException {
        byte[] content = SampleDisk.content(137, SIZE);
        byte[] qcow2 = qcow2(content, BlockEncoding.ZSTD);
        CountingCodecs codecs = new CountingCodecs();
        MemoryUpload upload = new MemoryUpload();
        CopyResult result = copy(qcow2, StreamEncoding.ZSTD, upload, 2, false, codecs);
        assertThat(result.counts().passedThrough()).isGreaterThan(25);
        assertThat(codecs.decoded.get()).isLessThanOrEqualTo(2);
        assertThat(Arrays.mismatch(decoded(StreamEncoding.ZSTD, upload.body()), content))
                .isEqualTo(-1);
    }

    /** However a frame was made: its length is found without decoding it, and half a frame is none. */
    @Test
    void findsTheEndOfAFrame() {
        byte[] content = SampleDisk.content(138, 65536);
        for (boolean sized : new boolean[] {true, false}) {
            for (boolean checked : new boolean[] {true, false}) {
                try (ZstdCompressCtx context = new ZstdCompressCtx()) {
                    context.setLevel(3).setContentSize(sized).setChecksum(checked);
                    byte[] frame = context.compress(content);
                    ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(frame, frame.length + 512));
                    assertThat(ZstdFrames.length(padded, 65536)).isEqualTo(frame.length);
                    assertThat(padded.position()).isZero();
                    for (int cut = 0; cut < frame.length; cut++) {
                        assertThat(ZstdFrames.length(ByteBuffer.wrap(frame, 0, cut), 65536))
                                .as("cut at " + cut)
                                .isEqualTo(-1);
                    }
                    assertThat(ZstdFrames.length(padded, 65535)).isEqualTo(sized ? -1 : frame.length);
                }
            }
        }
        ByteBuffer small = ByteBuffer.wrap(Zstd.compress(new byte[200]));
        assertThat(ZstdFrames.length(small, 200)).isEqualTo(small.remaining());
        assertThat(ZstdFrames.length(ByteBuffer.wrap(content), 65536)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"GZIP, 1100", "ZSTD, 30000"})
    void zerosCostLittle(StreamEncoding encoding, int ratio) throws IOException {
        long size = (1L << 30) + 70_000;
        MemoryUpload upload = new MemoryUpload();
        try (ImageWriter writer = encoding.writer(upload, size)) {
            writer.place(List.of(Block.empty(Extent.zero(0, size)))).write();
            writer.finish();
        }
        assertThat(upload.body()).hasSizeLessThan((int) (size / ratio * 1.2));
        try (var in = stream(encoding, upload.body())) {
            long got = 0;
            byte[] zeros = new byte[1 << 20];
            byte[] buffer = new byte[1 << 20];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                assertThat(Arrays.equals(buffer, 0, n, zeros, 0, n)).isTrue();
                got += n;
            }
            assertThat(got).isEqualTo(size);
        }
    }

    /** Placements may be written in any order, some MiB of them even by one thread. */
    @Test
    void bringsPlacementsIntoOrder() {
        byte[] content = SampleDisk.content(134, 100 * 65536);
        MemoryUpload upload = new MemoryUpload();
        try (ImageWriter writer = StreamEncoding.RAW.writer(upload, content.length)) {
            List<Placement> placements = new ArrayList<>();
            for (int at = 0; at < content.length; at += 65536) {
                placements.add(
                        writer.place(List.of(new Block(Extent.data(at, 65536), ByteBuffer.wrap(content, at, 65536)))));
            }
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
            Collections.shuffle(placements, new Random(7));
            placements.forEach(Placement::write);
            writer.finish();
        }
        assertThat(Arrays.mismatch(upload.body(), content)).isEqualTo(-1);
    }

    /** The failure that the receiver met is told, also when others were waiting, and nothing hangs or is declared complete. */
    @ParameterizedTest
    @EnumSource
    void aBrokenUploadEndsTheCopy(StreamEncoding encoding) {
        byte[] content = SampleDisk.content(135, SIZE);
        for (int threads : new int[] {1, 4}) {
            MemoryUpload upload = new MemoryUpload();
            upload.breaksAfter = 200_000;
            assertThatThrownBy(() -> copy(content, encoding, upload, threads, true))
                    .isInstanceOfSatisfying(
                            VmferryException.class, e -> assertThat(e.code()).isEqualTo(CommonError.WRITE_FAILED));
            assertThat(upload.complete).isFalse();
            assertThat(upload.closed).isTrue();
        }
    }

    @Test
    void wantsBlocksInOrderAndAllOfThem() {
        MemoryUpload upload = new MemoryUpload();
        try (ImageWriter writer = StreamEncoding.GZIP.writer(upload, 3 * 65536)) {
            List<Block> late = List.of(Block.empty(Extent.zero(65536, 65536)));
            assertThatThrownBy(() -> writer.place(late)).isInstanceOf(IllegalArgumentException.class);
            List<Block> long4 = List.of(Block.empty(Extent.zero(0, 4 * 65536)));
            assertThatThrownBy(() -> writer.place(long4)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(writer::checkpoint).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(upload.closed).isTrue();
    }

    /** The tools that are on the other end agree. */
    @ParameterizedTest
    @CsvSource({"GZIP, gzip", "ZSTD, zstd"})
    void otherToolsUnpackIt(StreamEncoding encoding, String tool) throws Exception {
        byte[] content = SampleDisk.content(136, SIZE);
        MemoryUpload upload = new MemoryUpload();
        copy(Disks.streamOptimized(content), encoding, upload, 2, true);
        Path packed = Files.write(folder.resolve("disk.packed"), upload.body());
        Path unpacked = folder.resolve("disk.raw");
        Process process;
        try {
            process = new ProcessBuilder(tool, "-d", "-c")
                    .redirectInput(packed.toFile())
                    .redirectOutput(unpacked.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, tool + " not found: install " + tool + " to run this test");
            return;
        }
        assertThat(process.waitFor()).isZero();
        assertThat(Arrays.mismatch(Files.readAllBytes(unpacked), content)).isEqualTo(-1);
    }

    private static CopyResult copy(
            byte[] source, StreamEncoding encoding, MemoryUpload upload, int threads, boolean verify) {
        return copy(source, encoding, upload, threads, verify, Codecs.best());
    }

    private static CopyResult copy(
            byte[] source,
            StreamEncoding encoding,
            MemoryUpload upload,
            int threads,
            boolean verify,
            CodecProvider codecs) {
        CopyOptions options = CopyOptions.of("test.img")
                .withThreads(threads)
                .withVerify(verify)
                .withCodecs(codecs);
        try (DiskImage image = Disks.open(source);
                ImageWriter writer = encoding.writer(upload, image.virtualSize(), codecs);
                DiskCopy copy = DiskCopy.start(image, writer, options, null, null)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            return copy.finish();
        }
    }

    private static byte[] qcow2(byte[] content, BlockEncoding encoding) {
        MemoryStore store = new MemoryStore();
        try (DiskImage image = Disks.open(content);
                ImageWriter writer = ImageFormats.writable("qcow2").create(store, content.length, encoding, null);
                DiskCopy copy = DiskCopy.start(image, writer, CopyOptions.of("test.img"), null, null)) {
            copy.run();
            copy.finish();
        }
        return store.content();
    }

    private static byte[] decoded(StreamEncoding encoding, byte[] body) throws IOException {
        try (var in = stream(encoding, body)) {
            return in.readAllBytes();
        }
    }

    private static java.io.InputStream stream(StreamEncoding encoding, byte[] body) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        return switch (encoding) {
            case RAW -> bytes;
            case GZIP -> new GZIPInputStream(bytes, 1 << 16);
            case ZSTD -> new ZstdInputStream(bytes);
        };
    }
}
