package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.vmdk.ChainFixture.Delta;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parents a snapshot is read with, which are refused, and what is said about it. */
class ChainTest {
    private static final int SIZE = 1 << 20;
    private final RandomGenerator random = Contents.random(111);

    @TempDir
    Path folder;

    private ChainFixture snapshot() {
        return new ChainFixture().flat(Contents.mixed(SIZE, 65536, random)).delta(Delta.SE_SPARSE, SIZE, random);
    }

    @Test
    void tellsHowTheChainHangsTogether() {
        ChainFixture chain = snapshot().delta(Delta.COWD, SIZE + 512, random);
        try (DiskImage disk = chain.open()) {
            assertThat(disk.facts().variant()).isEqualTo("vmfsSparse");
            assertThat(disk.facts().details())
                    .containsEntry("snapshot of", "base-000002.vmdk (seSparse), base.vmdk (vmfs)")
                    .containsEntry("CID", "1234567a");
            assertThat(disk.facts().notices()).hasSize(2).allMatch(notice -> notice.contains("resized"));
        }
    }

    /** A block of the parent is handed on as it is only where nothing above hides a part of it. */
    @Test
    void handsOnWholeBlocksOnly() {
        byte[] base = new byte[4 * 65536];
        random.nextBytes(base);
        GrainKind[] kinds = new GrainKind[4 * 128];
        Arrays.fill(kinds, GrainKind.HOLE);
        kinds[128] = GrainKind.DATA;
        kinds[3 * 128 - 1] = GrainKind.DATA;
        ChainFixture chain = new ChainFixture().stream(base).delta(Delta.COWD, 512, base, kinds);
        try (DiskImage disk = chain.open()) {
            assertThat(disk.extentAt(100).kind()).isEqualTo(ExtentKind.ENCODED);
            assertThat(disk.extentAt(65536)).isEqualTo(Extent.data(65536, 512));
            assertThat(disk.extentAt(65536 + 512)).isEqualTo(Extent.data(65536 + 512, 65536 - 512));
            assertThat(disk.extentAt(2 * 65536)).isEqualTo(Extent.data(2 * 65536, 65536 - 512));
            assertThat(disk.extentAt(3 * 65536 - 1)).isEqualTo(Extent.data(3 * 65536 - 1, 1));
            assertThat(disk.extentAt(4 * 65536 - 1).kind()).isEqualTo(ExtentKind.ENCODED);
            assertThat(disk.extentAt(4 * 65536 - 1).start()).isEqualTo(3 * 65536);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vmfs/volumes/5f1e/web/base.vmdk", "C:\\VMs\\web\\base.vmdk", "\\\\nas\\web\\base.vmdk"})
    void takesTheLastPartOfAPathOnTheHost(String hint) {
        ChainFixture chain = snapshot().edit("base-000002.vmdk", "\"base.vmdk\"", "\"" + hint + "\"");
        assertReads(chain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vmfs/volumes/5f1e/web/other.vmdk", "other.vmdk", ""})
    void saysWhenTheParentIsNotThere(String hint) {
        ChainFixture chain = snapshot().edit("base-000002.vmdk", "\"base.vmdk\"", "\"" + hint + "\"");
        refuses(chain, VmdkError.VMDK_PARENT_NOT_FOUND).hasMessageContaining("base-000002.vmdk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../base.vmdk", "vsan://5f1e/base.vmdk", "sub/../../base.vmdk", "/.."})
    void leavesTheFolderForNoParent(String hint) throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        ChainFixture chain = snapshot().edit("base-000002.vmdk", "\"base.vmdk\"", "\"" + hint + "\"");
        write(chain, folder);
        write(chain, inner);
        assertThatThrownBy(() -> open(inner.resolve(chain.top)))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NAME_NOT_CONFINED));
    }

    /** The extents of a parent lie beside the parent. */
    @Test
    void findsAParentInAFolderBelow() throws Exception {
        ChainFixture chain = snapshot().delta(Delta.COWD, SIZE, random);
        chain.edit("base-000004.vmdk", "\"base-000002.vmdk\"", "\"below/base-000002.vmdk\"");
        write(chain, Files.createDirectory(folder.resolve("below")));
        Files.delete(folder.resolve("below/base-000004.vmdk"));
        Files.write(folder.resolve(chain.top), Objects.requireNonNull(chain.files.get(chain.top)));
        Files.move(folder.resolve("below/base-000004-delta.vmdk"), folder.resolve("base-000004-delta.vmdk"));
        try (DiskImage disk = open(folder.resolve(chain.top))) {
            Contents.assertReads(disk, chain.content);
        }
        Path below = folder.resolve("below/base.vmdk");
        Path outside = Files.write(folder.resolve("outside"), new byte[SIZE]);
        Files.writeString(
                below,
                Files.readString(below)
                        .replace("base-flat.vmdk", outside.toAbsolutePath().toString()));
        assertThatThrownBy(() -> open(folder.resolve(chain.top)))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NAME_NOT_CONFINED));
    }

    @Test
    void refusesAParentThatWasChanged() {
        ChainFixture chain = snapshot().edit("base.vmdk", "CID=12345678", "CID=12345679");
        refuses(chain, VmdkError.VMDK_PARENT_CHANGED)
                .hasMessageContaining("12345678")
                .hasMessageContaining("12345679");
        refuses(snapshot().edit("base.vmdk", "CID=12345678\n", ""), VmdkError.VMDK_PARENT_CHANGED)
                .hasMessageContaining("no content id");
    }

    /** A sparse file without a descriptor has no id. */
    @Test
    void refusesAParentThatCannotBeKnown() {
        SparseFixture nameless = new SparseFixture();
        nameless.descriptor = "";
        ChainFixture chain = snapshot();
        chain.files.put("base.vmdk", nameless.build(new byte[SIZE]));
        refuses(chain, VmdkError.VMDK_PARENT_CHANGED).hasMessageContaining("no content id");
        chain.files.put("base.vmdk", new CowdFixture().build(new byte[512], new GrainKind[] {GrainKind.DATA}));
        refuses(chain, VmdkError.VMDK_DELTA_ALONE);
        chain.files.put("base.vmdk", new byte[SIZE]);
        refuses(chain, VmdkError.VMDK_BAD_HEADER);
    }

    @Test
    void comparesIdsAsNumbers() {
        assertReads(snapshot()
                .edit("base.vmdk", "CID=12345678", "CID=abc")
                .edit("base-000002.vmdk", "parentCID=12345678", "parentCID=00000ABC"));
        for (String id : List.of("xyz", "123456789", "-1")) {
            refuses(
                    snapshot().edit("base-000002.vmdk", "parentCID=12345678", "parentCID=" + id),
                    VmdkError.VMDK_BAD_DESCRIPTOR);
        }
        refuses(
                snapshot().edit("base-000002.vmdk", "parentCID=12345678", "parentCID=ffffffff"),
                VmdkError.VMDK_BAD_DESCRIPTOR);
    }

    /** The id fffffffe stands for the long one, whose last digits a child has. */
    @Test
    void looksAtTheLongIdWhereTheShortOneSaysSo() {
        String extended = "CID=fffffffe\nddb.longContentID=\"0123456789abcdef0123456712345678\"";
        assertReads(snapshot().edit("base.vmdk", "CID=12345678", extended));
        refuses(
                snapshot().edit("base.vmdk", "CID=12345678", extended.replace("12345678", "12345670")),
                VmdkError.VMDK_PARENT_CHANGED);
        ChainFixture unsure = snapshot()
                .edit("base.vmdk", "CID=12345678", "CID=fffffffe")
                .edit("base-000002.vmdk", "parentCID=12345678", "parentCID=fffffffe");
        try (DiskImage disk = unsure.open()) {
            assertThat(disk.facts().notices()).singleElement().asString().contains("fffffffe");
        }
    }

    @Test
    void aDeltaMustSayWhetherItHasAParent() {
        refuses(
                snapshot()
                        .edit("base-000002.vmdk", "parentCID=12345678\n", "")
                        .edit("base-000002.vmdk", "parentFileNameHint=\"base.vmdk\"\n", ""),
                VmdkError.VMDK_BAD_DESCRIPTOR);
    }

    @Test
    void refusesCircles() {
        refuses(
                snapshot().edit("base-000002.vmdk", "\"base.vmdk\"", "\"base-000002.vmdk\""),
                VmdkError.VMDK_FILE_TWICE);
        refuses(
                snapshot()
                        .edit(
                                "base.vmdk",
                                "CID=12345678\nparentCID=ffffffff",
                                "CID=12345678\nparentCID=12345679\n" + "parentFileNameHint=\"base-000002.vmdk\""),
                VmdkError.VMDK_FILE_TWICE);
    }

    @Test
    void readsAsManySnapshotsAsVmwareAllowsAndNoMore() {
        ChainFixture chain = new ChainFixture().flat(Contents.mixed(65536, 4096, random));
        for (int i = 0; i < ChainOpener.MAX_PARENTS; i++) {
            chain.delta(Delta.SE_SPARSE, 65536, random);
        }
        assertReads(chain);
        chain.delta(Delta.COWD, 65536, random);
        refuses(chain, VmdkError.VMDK_CHAIN_TOO_LONG);
    }

    @Test
    void readsASparseFileForOneExtentOnly() {
        ChainFixture chain = snapshot();
        String line = "RW 2048 SESPARSE \"base-000002-sesparse.vmdk\"";
        refuses(chain.edit("base-000002.vmdk", line, line + "\n" + line), VmdkError.VMDK_FILE_TWICE);
    }

    @Test
    void closesAllOfItWhenAParentIsRefused() {
        ChainFixture chain = snapshot().delta(Delta.MONOLITHIC_SPARSE, SIZE, random);
        chain.edit("base.vmdk", "CID=12345678", "CID=12345670");
        List<MemorySource> opened = new ArrayList<>();
        assertThatThrownBy(() -> new VmdkFormat()
                        .open(MemorySource.folder(chain.files).open(chain.top), name -> {
                            MemorySource source = (MemorySource)
                                    MemorySource.folder(chain.files).open(name);
                            opened.add(source);
                            return source;
                        }))
                .isInstanceOf(VmferryException.class);
        assertThat(opened).hasSize(4).allMatch(source -> source.closed);
    }

    /** A snapshot that changed little over a large base: walking costs what the base's extents cost. */
    @Test
    @Timeout(60)
    void aNearlyEmptySnapshotCostsLittle() {
        byte[] base = Contents.mixed(16 << 20, 65536, random);
        GrainKind[] kinds = new GrainKind[base.length / 512];
        Arrays.fill(kinds, GrainKind.HOLE);
        kinds[kinds.length - 1] = GrainKind.DATA;
        ChainFixture chain = new ChainFixture().stream(base).delta(Delta.COWD, 512, base, kinds);
        try (DiskImage disk = chain.open()) {
            int extents = 0;
            for (long at = 0; at < disk.virtualSize(); extents++) {
                at = disk.extentAt(at).end();
            }
            assertThat(extents).isBetween(50, 300);
        }
    }

    private static void assertReads(ChainFixture chain) {
        try (DiskImage disk = chain.open()) {
            Contents.assertReads(disk, chain.content);
        }
    }

    private static DiskImage open(Path file) {
        return new VmdkFormat()
                .open(FileSource.open(file), new FolderSiblings(Objects.requireNonNull(file.getParent())));
    }

    private static void write(ChainFixture chain, Path folder) throws Exception {
        for (var file : chain.files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refuses(ChainFixture chain, ErrorCode code) {
        return assertThatThrownBy(chain::open)
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
