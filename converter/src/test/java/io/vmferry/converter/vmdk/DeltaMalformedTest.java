package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One lie at a time in the deltas of ESXi, each with the error that it must lead to. */
class DeltaMalformedTest {
    private static final byte[] CONTENT = new byte[64 << 10];
    private static final CowdFixture COWD = new CowdFixture();
    private static final SeSparseFixture SE_SPARSE = new SeSparseFixture();
    private static final byte[] COWD_FILE = COWD.build(CONTENT, all(128));
    private static final byte[] SE_SPARSE_FILE = SE_SPARSE.build(CONTENT, all(16));
    private static final long ALLOCATED = 0x3000_0000_0000_0000L;

    private static GrainKind[] all(int grains) {
        GrainKind[] kinds = new GrainKind[grains];
        Arrays.fill(kinds, GrainKind.DATA);
        return kinds;
    }

    private static Arguments cowd(String what, Consumer<ByteBuffer> lie, VmdkError code) {
        return Arguments.of("COWD: " + what, "vmfsSparse", COWD_FILE, lie, code);
    }

    private static Arguments seSparse(String what, Consumer<ByteBuffer> lie, VmdkError code) {
        return Arguments.of("seSparse: " + what, "seSparse", SE_SPARSE_FILE, lie, code);
    }

    static Stream<Arguments> lies() {
        int directory = SeSparseFixture.DIRECTORY * 512;
        int table = SE_SPARSE.tableAt;
        return Stream.of(
                cowd("other letters", b -> b.putInt(0, 5), VmdkError.VMDK_BAD_HEADER),
                cowd("version 2", b -> b.putInt(4, 2), VmdkError.VMDK_UNSUPPORTED_VERSION),
                cowd("smaller capacity", b -> b.putInt(12, 127), VmdkError.VMDK_SIZE_MISMATCH),
                cowd("larger capacity", b -> b.putInt(12, 129), VmdkError.VMDK_SIZE_MISMATCH),
                cowd("grain of 0 sectors", b -> b.putInt(16, 0), VmdkError.VMDK_BAD_HEADER),
                cowd("grain of 3 sectors", b -> b.putInt(16, 3), VmdkError.VMDK_BAD_HEADER),
                cowd("grain of 2 GiB", b -> b.putInt(16, 1 << 22), VmdkError.VMDK_BAD_HEADER),
                cowd("no room in the directory", b -> b.putInt(24, 0), VmdkError.VMDK_BAD_HEADER),
                cowd("no directory", b -> b.putInt(20, 0), VmdkError.VMDK_BAD_TABLE),
                cowd("directory in the header", b -> b.putInt(20, 3), VmdkError.VMDK_BAD_TABLE),
                cowd("directory behind the end", b -> b.putInt(20, -1), VmdkError.VMDK_TRUNCATED),
                cowd("table in the header", b -> b.putInt(4 * 512, 2), VmdkError.VMDK_BAD_TABLE),
                cowd("table behind the end", b -> b.putInt(4 * 512, -1), VmdkError.VMDK_BAD_TABLE),
                cowd("grain in the header", b -> b.putInt(COWD.tableAt, 1), VmdkError.VMDK_BAD_TABLE),
                cowd("grain behind the end", b -> b.putInt(COWD.tableAt, -1), VmdkError.VMDK_TRUNCATED),
                cowd(
                        "two grains at one place",
                        b -> b.putInt(COWD.tableAt, b.getInt(COWD.tableAt + 4)),
                        VmdkError.VMDK_BAD_TABLE),
                seSparse("another mark", b -> b.putLong(0, 5), VmdkError.VMDK_BAD_HEADER),
                seSparse("version 2.2", b -> b.putLong(8, 0x2_0000_0002L), VmdkError.VMDK_UNSUPPORTED_VERSION),
                seSparse("negative capacity", b -> b.putLong(16, -1), VmdkError.VMDK_BAD_HEADER),
                seSparse("overflowing capacity", b -> b.putLong(16, 1L << 60), VmdkError.VMDK_BAD_HEADER),
                seSparse("smaller capacity", b -> b.putLong(16, 127), VmdkError.VMDK_SIZE_MISMATCH),
                seSparse("larger capacity", b -> b.putLong(16, 136), VmdkError.VMDK_SIZE_MISMATCH),
                seSparse("grain of 16 sectors", b -> b.putLong(24, 16), VmdkError.VMDK_BAD_HEADER),
                seSparse("table of 0 sectors", b -> b.putLong(32, 0), VmdkError.VMDK_BAD_HEADER),
                seSparse("flags", b -> b.putLong(40, 1), VmdkError.VMDK_BAD_HEADER),
                seSparse("something in the padding", b -> b.put(511, (byte) 1), VmdkError.VMDK_BAD_HEADER),
                seSparse("directory at 0", b -> b.putLong(128, 0), VmdkError.VMDK_BAD_HEADER),
                seSparse("tables at -1", b -> b.putLong(144, -1), VmdkError.VMDK_BAD_HEADER),
                seSparse("grains beyond any disk", b -> b.putLong(192, 1L << 60), VmdkError.VMDK_BAD_HEADER),
                seSparse("directory of 0 sectors", b -> b.putLong(136, 0), VmdkError.VMDK_BAD_HEADER),
                seSparse("directory behind the end", b -> b.putLong(128, 1 << 30), VmdkError.VMDK_TRUNCATED),
                seSparse("volatile header behind the end", b -> b.putLong(80, 1 << 30), VmdkError.VMDK_TRUNCATED),
                seSparse("no volatile header", b -> b.putLong(512, 0), VmdkError.VMDK_BAD_HEADER),
                seSparse("a journal to replay", b -> b.putLong(512 + 24, 1), VmdkError.VMDK_UNCLEAN),
                seSparse("unknown directory entry", b -> b.putLong(directory, 5), VmdkError.VMDK_BAD_TABLE),
                seSparse(
                        "table behind the end",
                        b -> b.putLong(directory, 0x1000_0000_ffff_ffffL),
                        VmdkError.VMDK_BAD_TABLE),
                seSparse("unknown kind of grain", b -> b.putLong(table, 4L << 60), VmdkError.VMDK_BAD_TABLE),
                seSparse("a number without a kind", b -> b.putLong(table, 7), VmdkError.VMDK_BAD_TABLE),
                seSparse("grain behind the end", b -> b.putLong(table, ALLOCATED | 1), VmdkError.VMDK_TRUNCATED),
                seSparse("largest grain number", b -> b.putLong(table, -1L >>> 2), VmdkError.VMDK_TRUNCATED),
                seSparse(
                        "two grains at one place",
                        b -> b.putLong(table, b.getLong(table + 8)),
                        VmdkError.VMDK_BAD_TABLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void tellsWhatIsWrong(String what, String type, byte[] file, Consumer<ByteBuffer> lie, VmdkError code) {
        byte[] broken = file.clone();
        lie.accept(ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN));
        MemorySource source = MemorySource.named("delta.vmdk", broken);
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> read(type, source));
        assertThat(e).as(what).isNotNull();
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.subject()).startsWith("delta.vmdk");
        assertThat(source.closed).isTrue();
    }

    /** Cut anywhere, no delta may pass for a whole one. */
    @Test
    void noCutGoesUnnoticed() {
        for (int at = 0; at < COWD_FILE.length; at += 300) {
            assertCut("vmfsSparse", COWD_FILE, at);
        }
        assertCut("vmfsSparse", COWD_FILE, COWD_FILE.length - 1);
        for (int at = 0; at < SE_SPARSE_FILE.length; at += 300) {
            assertCut("seSparse", SE_SPARSE_FILE, at);
        }
        assertCut("seSparse", SE_SPARSE_FILE, SE_SPARSE_FILE.length - 1);
    }

    @Test
    void saysWhenADeltaWasNotClosed() {
        byte[] unclean = COWD_FILE.clone();
        unclean[1648] = 1;
        try (DiskImage disk = open("vmfsSparse", MemorySource.named("delta.vmdk", unclean))) {
            assertThat(disk.facts().notices()).singleElement().asString().contains("delta.vmdk", "not closed cleanly");
        }
    }

    private static void assertCut(String type, byte[] file, int length) {
        MemorySource source = new MemorySource(Arrays.copyOf(file, length));
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> read(type, source));
        assertThat(e).as("cut at " + length).isNotNull();
    }

    private static void read(String type, MemorySource delta) {
        try (DiskImage disk = open(type, delta)) {
            disk.read(0, ByteBuffer.allocate((int) disk.virtualSize()));
        }
    }

    private static DiskImage open(String type, MemorySource delta) {
        String text = SparseFixture.descriptor(type, "RW 128 " + type + " \"delta.vmdk\"");
        return new VmdkFormat()
                .open(MemorySource.named("top.vmdk", text.getBytes(StandardCharsets.UTF_8)), name -> delta);
    }
}
