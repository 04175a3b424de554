package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.Extent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One lie at a time, each with the error that it must lead to. */
class MalformedTest {
    private static final byte[] CONTENT = Contents.mixed(2 << 20, 64 << 10, Contents.random(51));

    private static final SparseFixture SPARSE = new SparseFixture();
    private static final SparseFixture FRONT = front();
    private static final byte[] SPARSE_FILE = SPARSE.build(CONTENT);
    private static final byte[] FRONT_FILE = FRONT.build(CONTENT);
    private static final byte[] ESXI_FILE = StreamFixture.build(CONTENT);
    private static final int END = ESXI_FILE.length;

    private static SparseFixture front() {
        SparseFixture fixture = new SparseFixture();
        fixture.compressed = true;
        fixture.redundant = false;
        return fixture;
    }

    private static Arguments lie(String what, byte[] file, Consumer<ByteBuffer> lie, VmdkError code) {
        return Arguments.of(what, file, lie, code);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("version 4", SPARSE_FILE, b -> b.putInt(4, 4), VmdkError.VMDK_UNSUPPORTED_VERSION),
                lie("version 0", SPARSE_FILE, b -> b.putInt(4, 0), VmdkError.VMDK_UNSUPPORTED_VERSION),
                lie("text mode", SPARSE_FILE, b -> b.put(73, (byte) 0x0d), VmdkError.VMDK_TEXT_MODE_DAMAGE),
                lie("zero capacity", SPARSE_FILE, b -> b.putLong(12, 0).putLong(28, 0), VmdkError.VMDK_EMPTY_DISK),
                lie("negative capacity", SPARSE_FILE, b -> b.putLong(12, -1), VmdkError.VMDK_BAD_HEADER),
                lie("overflowing capacity", SPARSE_FILE, b -> b.putLong(12, 1L << 55), VmdkError.VMDK_BAD_HEADER),
                lie("larger capacity", SPARSE_FILE, b -> b.putLong(12, 1 << 20), VmdkError.VMDK_SIZE_MISMATCH),
                lie("smaller capacity", SPARSE_FILE, b -> b.putLong(12, 128), VmdkError.VMDK_SIZE_MISMATCH),
                lie(
                        "capacity beyond its directory",
                        SPARSE_FILE,
                        b -> b.putLong(12, 1L << 36).putLong(28, 0).putInt(8, 1),
                        VmdkError.VMDK_TRUNCATED),
                lie("grain of 3 sectors", SPARSE_FILE, b -> b.putLong(20, 3), VmdkError.VMDK_BAD_HEADER),
                lie("grain of 0 sectors", SPARSE_FILE, b -> b.putLong(20, 0), VmdkError.VMDK_BAD_HEADER),
                lie("grain of 2 GiB", SPARSE_FILE, b -> b.putLong(20, 1 << 22), VmdkError.VMDK_BAD_HEADER),
                lie("compressed grain of 1 GiB", ESXI_FILE, b -> b.putLong(20, 1 << 21), VmdkError.VMDK_BAD_HEADER),
                lie("table of 0 entries", SPARSE_FILE, b -> b.putInt(44, 0), VmdkError.VMDK_BAD_HEADER),
                lie("table of -1 entries", SPARSE_FILE, b -> b.putInt(44, -1), VmdkError.VMDK_BAD_HEADER),
                lie("table of 513 entries", SPARSE_FILE, b -> b.putInt(44, 513), VmdkError.VMDK_BAD_HEADER),
                lie("huge descriptor", SPARSE_FILE, b -> b.putLong(36, 1 << 20), VmdkError.VMDK_BAD_HEADER),
                lie("descriptor behind the end", SPARSE_FILE, b -> b.putLong(28, 1 << 20), VmdkError.VMDK_TRUNCATED),
                lie("compression 2", ESXI_FILE, b -> b.putShort(77, (short) 2), VmdkError.VMDK_UNSUPPORTED_VERSION),
                lie("compression without flag", SPARSE_FILE, b -> b.putShort(77, (short) 1), VmdkError.VMDK_BAD_HEADER),
                lie("no markers", ESXI_FILE, b -> b.putInt(8, 0x10001), VmdkError.VMDK_BAD_HEADER),
                lie(
                        "both directories behind the end",
                        SPARSE_FILE,
                        b -> b.putLong(48, 1 << 20).putLong(56, 1 << 20),
                        VmdkError.VMDK_TRUNCATED),
                lie(
                        "both directories in the descriptor",
                        SPARSE_FILE,
                        b -> b.putLong(48, 2).putLong(56, 2),
                        VmdkError.VMDK_BAD_TABLE),
                lie(
                        "both tables behind the end",
                        SPARSE_FILE,
                        b -> b.putInt(SPARSE.directoryAt, 1 << 20).putInt(SPARSE.redundantAt, 1 << 20),
                        VmdkError.VMDK_BAD_TABLE),
                lie(
                        "both grains behind the end",
                        SPARSE_FILE,
                        b -> b.putInt(SPARSE.tableAt, 1 << 20).putInt(SPARSE.redundantTableAt, 1 << 20),
                        VmdkError.VMDK_TRUNCATED),
                lie(
                        "both grains in the descriptor",
                        SPARSE_FILE,
                        b -> b.putInt(SPARSE.tableAt, 1).putInt(SPARSE.redundantTableAt, 1),
                        VmdkError.VMDK_BAD_TABLE),
                lie(
                        "two entries with one grain",
                        SPARSE_FILE,
                        b -> b.putInt(SPARSE.tableAt + 4, b.getInt(SPARSE.tableAt)),
                        VmdkError.VMDK_BAD_TABLE),
                lie("overhead behind the end", SPARSE_FILE, b -> b.putLong(64, 1 << 20), VmdkError.VMDK_TRUNCATED),
                lie(
                        "grain with another LBA",
                        FRONT_FILE,
                        b -> b.putLong(FRONT.grainsAt, 128 * 3),
                        VmdkError.VMDK_BAD_MARKER),
                lie("grain of size 0", FRONT_FILE, b -> b.putInt(FRONT.grainsAt + 8, 0), VmdkError.VMDK_BAD_MARKER),
                lie(
                        "grain of negative size",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.grainsAt + 8, -1),
                        VmdkError.VMDK_BAD_MARKER),
                lie(
                        "grain of three grains",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.grainsAt + 8, 3 * 65536),
                        VmdkError.VMDK_BAD_MARKER),
                lie(
                        "grain size one less",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.grainsAt + 8, b.getInt(FRONT.grainsAt + 8) - 1),
                        VmdkError.VMDK_GRAIN_DAMAGED),
                lie(
                        "grain size one more",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.grainsAt + 8, b.getInt(FRONT.grainsAt + 8) + 1),
                        VmdkError.VMDK_GRAIN_DAMAGED),
                lie(
                        "a flipped bit in a grain",
                        FRONT_FILE,
                        b -> flip(b, FRONT.grainsAt + 40),
                        VmdkError.VMDK_GRAIN_DAMAGED),
                lie(
                        "a flipped bit in a checksum",
                        FRONT_FILE,
                        b -> flip(b, FRONT.grainsAt + 11 + b.getInt(FRONT.grainsAt + 8)),
                        VmdkError.VMDK_GRAIN_DAMAGED),
                lie("a zlib bomb", FRONT_FILE, b -> bomb(b, FRONT.grainsAt), VmdkError.VMDK_GRAIN_DAMAGED),
                lie(
                        "footer of another disk",
                        ESXI_FILE,
                        b -> b.putLong(END - 1024 + 12, 128),
                        VmdkError.VMDK_BAD_FOOTER),
                lie(
                        "footer without directory",
                        ESXI_FILE,
                        b -> b.putLong(END - 1024 + 56, -1),
                        VmdkError.VMDK_BAD_FOOTER),
                lie("footer without magic", ESXI_FILE, b -> b.putInt(END - 1024, 0), VmdkError.VMDK_BAD_HEADER),
                lie("no footer marker", ESXI_FILE, b -> b.putInt(END - 1536 + 12, 2), VmdkError.VMDK_TRUNCATED),
                lie("no end mark", ESXI_FILE, b -> b.putInt(END - 512 + 12, 1), VmdkError.VMDK_TRUNCATED),
                lie(
                        "footer's directory behind the end",
                        ESXI_FILE,
                        b -> b.putLong(END - 1024 + 56, 1 << 20),
                        VmdkError.VMDK_TRUNCATED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void tellsWhatIsWrong(String what, byte[] file, Consumer<ByteBuffer> lie, VmdkError code) {
        byte[] broken = file.clone();
        lie.accept(ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN));
        MemorySource source = new MemorySource(broken);
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> readAll(source));
        assertThat(e).as(what).isNotNull();
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.subject()).startsWith("test.vmdk");
        assertThat(e.remedy()).isNotBlank();
        assertThat(source.closed).isTrue();
    }

    static Stream<Arguments> streamLies() {
        int first = 128 * 512;
        int second = first
                + (12
                                + ByteBuffer.wrap(ESXI_FILE)
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .getInt(first + 8)
                                + 511)
                        / 512
                        * 512;
        return Stream.of(
                lie("LBA beyond the capacity", ESXI_FILE, b -> b.putLong(first, 4096), VmdkError.VMDK_BAD_MARKER),
                lie("LBA inside a grain", ESXI_FILE, b -> b.putLong(first, 5), VmdkError.VMDK_BAD_MARKER),
                lie("negative LBA", ESXI_FILE, b -> b.putLong(first, -128), VmdkError.VMDK_BAD_MARKER),
                lie("LBA twice", ESXI_FILE, b -> b.putLong(second, 0), VmdkError.VMDK_BAD_MARKER),
                lie("grain of three grains", ESXI_FILE, b -> b.putInt(first + 8, 3 * 65536), VmdkError.VMDK_BAD_MARKER),
                lie("unknown marker", ESXI_FILE, b -> b.putInt(END - 1536 + 12, 9), VmdkError.VMDK_BAD_MARKER),
                lie("a footer of 7 sectors", ESXI_FILE, b -> b.putLong(END - 1536, 7), VmdkError.VMDK_BAD_MARKER),
                lie("an early end mark", ESXI_FILE, b -> zero(b, second, 512), VmdkError.VMDK_TRUNCATED),
                lie(
                        "footer of another disk",
                        ESXI_FILE,
                        b -> b.putLong(END - 1024 + 12, 128),
                        VmdkError.VMDK_BAD_FOOTER),
                lie(
                        "grain that no table lists",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.tableAt, 0),
                        VmdkError.VMDK_BAD_MARKER),
                lie(
                        "a table that lists more",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.tableAt + 4 * holeIn(b), 5000),
                        VmdkError.VMDK_TRUNCATED),
                lie(
                        "a table that lists a grain beyond the capacity",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.tableAt + 4 * 100, 5000),
                        VmdkError.VMDK_BAD_TABLE),
                lie(
                        "tables behind the grains",
                        FRONT_FILE,
                        b -> b.putInt(FRONT.directoryAt, 1 << 20),
                        VmdkError.VMDK_NOT_STREAMABLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streamLies")
    void tellsWhatIsWrongInAStream(String what, byte[] file, Consumer<ByteBuffer> lie, VmdkError code) {
        byte[] broken = file.clone();
        lie.accept(ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN));
        MemorySource source = new MemorySource(broken);
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> streamAll(source));
        assertThat(e).as(what).isNotNull();
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.subject()).startsWith("test.vmdk");
        assertThat(source.closed).isTrue();
    }

    @Test
    void aCopyHelpsWhereATableIsBroken() {
        byte[] broken = SPARSE_FILE.clone();
        ByteBuffer bytes = ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(SPARSE.tableAt, 1 << 20);
        assertThat(readAll(new MemorySource(broken))).isEqualTo(CONTENT);
        bytes.putInt(SPARSE.directoryAt, 1 << 20);
        assertThat(readAll(new MemorySource(broken))).isEqualTo(CONTENT);
        bytes.putLong(56, 1 << 20);
        assertThat(readAll(new MemorySource(broken))).isEqualTo(CONTENT);
    }

    /** Cut anywhere, no image may pass for a whole one. */
    @Test
    void noCutGoesUnnoticed() {
        for (int at = 0; at < END; at += at < 70_000 ? 512 : 7 * 512) {
            assertCut(ESXI_FILE, at, MalformedTest::readAll);
            assertCut(ESXI_FILE, at, MalformedTest::streamAll);
        }
        assertCut(ESXI_FILE, END - 1, MalformedTest::readAll);
        assertCut(ESXI_FILE, END - 1, MalformedTest::streamAll);
        for (int at = 0; at < SPARSE_FILE.length; at += at < 70_000 ? 512 : 7 * 512) {
            assertCut(SPARSE_FILE, at, MalformedTest::readAll);
        }
        assertCut(SPARSE_FILE, SPARSE_FILE.length - 1, MalformedTest::readAll);
        int last = FRONT_FILE.length;
        while (FRONT_FILE[last - 1] == 0) {
            last--;
        }
        for (int at = 0; at < last; at += at < 70_000 ? 512 : 7 * 512) {
            assertCut(FRONT_FILE, at, MalformedTest::readAll);
            assertCut(FRONT_FILE, at, MalformedTest::streamAll);
        }
    }

    @Test
    void whatFollowsTheEndMarkMustBeZero() {
        byte[] padded = Arrays.copyOf(ESXI_FILE, END + 10_240);
        assertThat(streamAll(new MemorySource(padded))).isEqualTo(CONTENT);
        padded[END + 9_000] = 1;
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> streamAll(new MemorySource(padded)));
        assertThat(e.code()).isEqualTo(VmdkError.VMDK_TRAILING_DATA);
    }

    private static void assertCut(byte[] file, int length, Consumer<MemorySource> reader) {
        MemorySource source = new MemorySource(Arrays.copyOf(file, length));
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> reader.accept(source));
        assertThat(e).as("cut at " + length).isNotNull();
    }

    /** Opens, walks over the extents, reads everything. */
    static byte[] readAll(MemorySource source) {
        // Damage can turn any file into a descriptor that names others; here they are all the file itself.
        try (DiskImage image = new VmdkFormat().open(source, name -> source.again())) {
            for (long at = 0; at < image.virtualSize(); ) {
                Extent extent = image.extentAt(at);
                if (extent.encoded() != null) {
                    image.readEncoded(
                            extent, ByteBuffer.allocate(extent.encoded().size()));
                }
                at = extent.end();
            }
            ByteBuffer all = ByteBuffer.allocate((int) Math.min(4 << 20, image.virtualSize()));
            image.read(0, all);
            return all.array();
        }
    }

    /** Reads a stream to its end. Without one it counts as a failure of its own. */
    static byte[] streamAll(MemorySource source) {
        try (DiskStream stream = new VmdkFormat().openStream(source.stream())) {
            if (stream == null) {
                throw VmdkError.VMDK_NOT_STREAMABLE.of(source.name(), "openStream gave nothing");
            }
            ByteBuffer all = ByteBuffer.allocate((int) Math.min(4 << 20, stream.virtualSize()));
            for (Extent extent = stream.next(); extent != null; extent = stream.next()) {
                if (extent.encoded() != null) {
                    ByteBuffer payload = ByteBuffer.allocate(extent.encoded().size());
                    stream.readPayload(payload);
                    try (GrainInflater inflater = new GrainInflater()) {
                        ByteBuffer content = ByteBuffer.allocate((int) extent.length());
                        inflater.inflate(payload.flip(), content, content.capacity(), source.name(), 0, 0);
                        if (extent.end() <= all.capacity()) {
                            all.put((int) extent.start(), content.array());
                        }
                    }
                } else if (!extent.kind().readsAsZero()) {
                    ByteBuffer content = ByteBuffer.allocate((int) extent.length());
                    stream.readPayload(content);
                    if (extent.end() <= all.capacity()) {
                        all.put((int) extent.start(), content.array());
                    }
                }
            }
            return all.array();
        }
    }

    private static void flip(ByteBuffer bytes, int at) {
        bytes.put(at, (byte) (bytes.get(at) ^ 1));
    }

    private static void zero(ByteBuffer bytes, int at, int length) {
        bytes.put(at, new byte[length]);
    }

    /** Puts a stream over 256 KiB of zeros where a grain's payload is; packed it is shorter than that was. */
    private static void bomb(ByteBuffer bytes, int at) {
        byte[] packed = SparseFixture.deflate(new byte[256 << 10]);
        bytes.putInt(at + 8, packed.length).put(at + 12, packed);
    }

    private static int holeIn(ByteBuffer bytes) {
        int entry = 0;
        while (bytes.getInt(FRONT.tableAt + 4 * entry) != 0) {
            entry++;
        }
        return entry;
    }
}
