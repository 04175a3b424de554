package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmdkFormatTest {
    private final VmdkFormat format = new VmdkFormat();

    @TempDir
    Path folder;

    private static byte[] cowd() {
        return ByteBuffer.allocate(4096)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x44574f43)
                .putInt(1)
                .array();
    }

    private static byte[] seSparse() {
        return ByteBuffer.allocate(4096)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0xcafebabeL)
                .array();
    }

    @Test
    void recognisesItsOwn() {
        byte[] content = Contents.mixed(1 << 20, 65536, Contents.random(71));
        assertThat(format.probe(ByteBuffer.wrap(StreamFixture.build(content)))).isTrue();
        assertThat(format.probe(ByteBuffer.wrap(cowd()))).isTrue();
        assertThat(format.probe(ByteBuffer.wrap(seSparse()))).isTrue();
        assertThat(format.probe(text(SparseFixture.descriptor("vmfs")))).isTrue();
        assertThat(format.probe(text("QFI\u00fb"))).isFalse();
        assertThat(format.probe(ByteBuffer.allocate(4096))).isFalse();
        assertThat(format.probe(ByteBuffer.allocate(0))).isFalse();
    }

    @Test
    void leavesThePositionOfTheHeadAlone() {
        ByteBuffer head = ByteBuffer.wrap(cowd());
        format.probe(head);
        assertThat(head.position()).isZero();
    }

    @Test
    void namesDeltasWithoutTheirDescriptor() {
        refuses(cowd(), VmdkError.VMDK_DELTA_ALONE).hasMessageContaining("COWD");
        refuses(seSparse(), VmdkError.VMDK_DELTA_ALONE).hasMessageContaining("seSparse");
    }

    @Test
    void streamsNoSnapshot() {
        SparseFixture fixture = new SparseFixture();
        fixture.compressed = true;
        fixture.descriptor = SparseFixture.descriptor("streamOptimized", "RW 2048 SPARSE \"a.vmdk\"")
                .replace("parentCID=ffffffff", "parentCID=0000000a");
        MemorySource source = new MemorySource(fixture.build(new byte[1 << 20]));
        assertThatThrownBy(() -> format.openStream(source.stream()))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(VmdkError.VMDK_NOT_STREAMABLE));
        assertThat(source.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "vmfsRDM, raw LUN",
        "vmfsRDMP, raw LUN",
        "vmfsRawDeviceMap, raw LUN",
        "fullDevice, physical disk",
        "custom, not known"
    })
    void saysWhichKindsItCannotReadAndWhy(String createType, String why) {
        refuses(bytes(SparseFixture.descriptor(createType, "RW 8 VMFS \"a\"")), VmdkError.VMDK_UNSUPPORTED_TYPE)
                .hasMessageContaining(createType)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "vmfs, RW 8 SPARSE \"a\", extent of type SPARSE",
        "monolithicSparse, RW 8 FLAT \"a\" 0, extent of type FLAT",
        "vmfs, NOACCESS 8 VMFS \"a\", not accessible",
    })
    void refusesExtentsThatDoNotBelong(String createType, String extent, String why) {
        refuses(bytes(SparseFixture.descriptor(createType, extent)), VmdkError.VMDK_UNSUPPORTED_TYPE)
                .hasMessageContaining("line 8")
                .hasMessageContaining(why);
    }

    @Test
    void refusesADiskWithoutExtentsOrType() {
        refuses(bytes(SparseFixture.descriptor("vmfs")), VmdkError.VMDK_EMPTY_DISK);
        refuses(bytes("version=1\n"), VmdkError.VMDK_BAD_DESCRIPTOR).hasMessageContaining("no createType");
    }

    @Test
    void refusesAFlatFileThatIsTooShort() throws Exception {
        Files.write(folder.resolve("a-flat.vmdk"), new byte[4095]);
        refuses("RW 8 VMFS \"a-flat.vmdk\"", VmdkError.VMDK_TRUNCATED).hasMessageContaining("a-flat.vmdk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../a-flat.vmdk", "sub/../../a", "C:\\\\a.vmdk", "vsan://1234"})
    void leavesTheFolderForNothing(String name) {
        refuses("RW 8 VMFS \"" + name + "\"", CommonError.NAME_NOT_CONFINED);
    }

    @Test
    void saysWhenAnExtentIsMissing() {
        refuses("RW 8 VMFS \"a-flat.vmdk\"", CommonError.FILE_NOT_FOUND);
    }

    @Test
    void closesAllExtentsWhenOneFails() {
        List<MemorySource> opened = new ArrayList<>();
        Siblings files = name -> {
            MemorySource source = new MemorySource(new byte[opened.isEmpty() ? 4096 : 100]);
            opened.add(source);
            return source;
        };
        String text = SparseFixture.descriptor("vmfs", "RW 8 VMFS \"a\"", "RW 8 VMFS \"b\"");
        assertThatThrownBy(() -> format.open(new MemorySource(bytes(text)), files))
                .isInstanceOf(VmferryException.class);
        assertThat(opened).hasSize(2).allMatch(source -> source.closed);
    }

    @Test
    void tellsWhatItKnows() {
        byte[] content = Contents.mixed(1 << 20, 65536, Contents.random(72));
        try (DiskImage image = format.open(new MemorySource(StreamFixture.build(content)), MemorySource.NONE)) {
            assertThat(image.facts().format()).isEqualTo("vmdk");
            assertThat(image.facts().variant()).isEqualTo("streamOptimized");
            assertThat(image.facts().blockSize()).isEqualTo(65536);
            assertThat(image.facts().notices()).isEmpty();
            assertThat(image.facts().details())
                    .containsEntry("CID", "12345678")
                    .containsEntry("adapter type", "lsilogic")
                    .containsEntry("layout", "markers and footer")
                    .containsEntry("grain size", "64 KiB")
                    .containsEntry("flags", "0x30001")
                    .containsEntry("version", "1");
        }
    }

    /** VirtualBox rounds the header's capacity up to whole grains; the guest saw what the descriptor says. */
    @Test
    void takesTheDescriptorsSizeWhereTheCapacityWasRoundedUp() {
        byte[] content = Contents.mixed(1 << 20, 65536, Contents.random(73));
        SparseFixture fixture = new SparseFixture();
        fixture.descriptor = SparseFixture.descriptor("monolithicSparse", "RW 2000 SPARSE \"a.vmdk\"");
        try (DiskImage image = format.open(new MemorySource(fixture.build(content)), MemorySource.NONE)) {
            assertThat(image.virtualSize()).isEqualTo(2000 * 512);
            assertThat(image.facts().notices()).hasSize(1);
        }
    }

    @Test
    void warnsWhenThereIsNoDescriptor() {
        SparseFixture fixture = new SparseFixture();
        fixture.descriptor = "";
        byte[] file = fixture.build(new byte[1 << 20]);
        file[72] = 1;
        try (DiskImage image = format.open(new MemorySource(file), MemorySource.NONE)) {
            assertThat(image.facts().notices())
                    .anyMatch(n -> n.contains("part of a split disk"))
                    .anyMatch(n -> n.contains("not closed cleanly"));
        }
    }

    /** A header with capacity 0 only carries the descriptor. */
    @Test
    void followsADescriptorInAContainerOfItsOwn() {
        byte[] flat = Contents.mixed(8192, 4096, Contents.random(74));
        SparseFixture fixture = new SparseFixture();
        fixture.descriptor = SparseFixture.descriptor("monolithicFlat", "RW 16 FLAT \"a-flat.vmdk\" 0");
        byte[] file = fixture.build(new byte[512]);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(12, 0);
        try (DiskImage image = format.open(new MemorySource(file), name -> new MemorySource(flat))) {
            ByteBuffer all = ByteBuffer.allocate(8192);
            image.read(0, all);
            assertThat(all.array()).isEqualTo(flat);
        }
    }

    @Test
    void streamsOnlyWhatCanBeStreamed() {
        MemorySource sparse = new MemorySource(new SparseFixture().build(new byte[1 << 20]));
        assertThat(format.openStream(sparse.stream())).isNull();
        assertThat(sparse.closed).isTrue();
        assertThat(format.openStream(new MemorySource(bytes("# Disk DescriptorFile\n")).stream()))
                .isNull();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(byte[] file, ErrorCode code) {
        MemorySource source = new MemorySource(file);
        return assertThatThrownBy(() -> format.open(source, MemorySource.NONE))
                .isInstanceOfSatisfying(VmferryException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(source.closed).isTrue();
                });
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(String extent, ErrorCode code) {
        return assertThatThrownBy(() -> {
                    Path file = folder.resolve("a.vmdk");
                    Files.writeString(file, SparseFixture.descriptor("vmfs", extent));
                    format.open(FileSource.open(file), new FolderSiblings(folder));
                })
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(bytes(text));
    }
}
