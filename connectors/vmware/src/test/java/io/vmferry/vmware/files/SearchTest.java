package io.vmferry.vmware.files;

import static io.vmferry.vmware.files.Fixtures.Part;
import static io.vmferry.vmware.files.Fixtures.codes;
import static io.vmferry.vmware.files.Fixtures.failing;
import static io.vmferry.vmware.files.Fixtures.noise;
import static io.vmferry.vmware.files.Fixtures.sample;
import static io.vmferry.vmware.files.Fixtures.single;
import static io.vmferry.vmware.files.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmferry.spi.config.Settings;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    @TempDir
    Path folder;

    private List<String> keys(String... paths) {
        try (SourceSession session = Fixtures.open(folder, paths)) {
            return Fixtures.refs(session).stream().map(VmRef::key).toList();
        }
    }

    /** A hosted sparse header, with or without a descriptor inside. */
    private static byte[] sparse(long sectors, boolean withDescriptor) {
        ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x564d444b)
                .putInt(4, 1)
                .putInt(8, 3)
                .putLong(12, sectors)
                .putLong(20, 128);
        file.putLong(28, 1).putLong(36, 4);
        if (withDescriptor) {
            String text =
                    "# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType=\"monolithicSparse\"\n"
                            + "RW " + sectors + " SPARSE \"whatever.vmdk\"\n";
            file.position(512);
            file.put(text.getBytes(StandardCharsets.UTF_8));
        }
        return file.array();
    }

    @Test
    void noPathsIsAnError() {
        failing(
                FilesError.PATHS_MISSING,
                () -> new FilesConnector().open(new SourceConfig("s", "files", new Settings(Map.of(), folder))));
    }

    @Test
    void pathsMustLeadSomewhere() throws IOException {
        failing(CommonError.FILE_NOT_FOUND, () -> Fixtures.open(folder, "nothing.ova"));
        write(folder, Part.of("readme.txt", "hi"));
        failing(FilesError.FILE_KIND_UNKNOWN, () -> Fixtures.open(folder, "readme.txt"));
        failing(FilesError.NO_VM_FOUND, () -> Fixtures.open(folder, "."));
    }

    @Test
    void unreadableFilesAreSaidAtOnce() throws IOException {
        write(folder, Part.of("a.ova", "x"));
        Files.setPosixFilePermissions(folder.resolve("a.ova"), PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(folder.resolve("a.ova")))
                .as("this user (root?) may read everything: run as another user to see an unreadable file")
                .isFalse();
        failing(CommonError.FILE_UNREADABLE, () -> Fixtures.open(folder, "a.ova"));
    }

    @Test
    void foldersAreSearchedAndFilesNamedTwiceAreOneVm() throws IOException {
        Part disk = new Part("d.vmdk", noise(100, 1));
        write(folder.resolve("x/y"), Part.of("a.ovf", sample("a", disk)), disk);
        write(folder.resolve(".hidden"), Part.of("h.ovf", sample("h", disk)), disk);
        Fixtures.tar(folder.resolve("Z.OVA"), Part.of("z.ovf", sample("z", disk)), disk);
        assertThat(keys(".")).containsExactly("Z.OVA", "x/y/a.ovf");
        assertThat(keys("Z.OVA", ".", "x/y/a.ovf", "x")).containsExactly("Z.OVA", "x/y/a.ovf");
        Files.createSymbolicLink(folder.resolve("x/again.ova"), folder.resolve("Z.OVA"));
        assertThat(keys("x")).containsExactly("x/again.ova", "x/y/a.ovf");
    }

    @Test
    void keysOutsideTheBaseFolderAreAbsolute() {
        Part disk = new Part("d.vmdk", noise(100, 1));
        write(folder.resolve("far"), Part.of("a.ovf", sample("a", disk)), disk);
        Path base = folder.resolve("base");
        Vm vm = single(base, "../far/a.ovf");
        assertThat(vm.ref().key()).isEqualTo(folder.resolve("far/a.ovf").toString());
        assertThat(vm.placement().folder()).isEqualTo(folder.resolve("far").toString());
        assertThat(vm.disks().get(0).key())
                .isEqualTo(folder.resolve("far/d.vmdk").toString());
    }

    @Test
    void aBareDiskIsAVmOfItsOwn() {
        write(folder, new Part("alone.vmdk", sparse(4096, true)));
        Vm vm = single(folder, "alone.vmdk");
        assertThat(vm.name()).isEqualTo("alone");
        assertThat(vm.cpu().vcpus()).isEqualTo(1);
        assertThat(vm.memoryBytes()).isEqualTo(1L << 30);
        assertThat(vm.nics()).isEmpty();
        assertThat(codes(vm)).containsExactly("files.bare-disk");
        assertThat(vm.disks().get(0).capacityBytes()).isEqualTo(4096 * 512);
        assertThat(vm.disks().get(0).format()).isEqualTo("vmdk monolithicSparse");
        assertThat(keys(".")).containsExactly("alone.vmdk");
    }

    @Test
    void partsOfDisksAreNoVms() {
        write(
                folder,
                // A flat disk, a disk in parts, a snapshot chain, a change-tracking file.
                Part.of("flat.vmdk", VmxText.flatDescriptor("flat-flat.vmdk", 16)),
                new Part("flat-flat.vmdk", noise(16 * 512, 1)),
                Part.of(
                        "split.vmdk",
                        VmxText.flatDescriptor("split-s001.vmdk", 16)
                                .replace("VMFS", "SPARSE")
                                .replace("# The Disk Data Base", "RW 16 SPARSE \"split-s002.vmdk\"")),
                new Part("split-s001.vmdk", sparse(16, false)),
                new Part("split-s002.vmdk", sparse(16, false)),
                Part.of("snap.vmdk", VmxText.flatDescriptor("snap-flat.vmdk", 16)),
                new Part("snap-flat.vmdk", noise(16 * 512, 2)),
                Part.of("snap-000001.vmdk", VmxText.delta("snap-000001-delta.vmdk", 16, "snap.vmdk")),
                new Part("snap-000001-delta.vmdk", "COWD".getBytes(StandardCharsets.US_ASCII)),
                new Part("flat-ctk.vmdk", noise(600, 3)));
        assertThat(keys(".")).containsExactly("flat.vmdk", "snap-000001.vmdk", "split.vmdk");
        assertThat(single(folder, "split.vmdk").disks().get(0).capacityBytes()).isEqualTo(32 * 512);
        assertThat(codes(single(folder, "snap-000001.vmdk")))
                .containsExactly("files.bare-disk", "files.snapshot-delta");
        failing(FilesError.VMDK_DATA_FILE, () -> single(folder, "flat-flat.vmdk"));
        failing(FilesError.VMDK_DATA_FILE, () -> single(folder, "split-s001.vmdk"));
    }

    @Test
    void disksOfPackagesAreNoVms() {
        write(
                folder,
                Part.of("a.ovf", sample("a", new Part("a-disk.vmdk", sparse(16, true)))),
                new Part("a-disk.vmdk", sparse(16, true)),
                Part.of("db.vmx", VmxText.db()),
                Part.of("db.vmdk", VmxText.flatDescriptor("db-flat.vmdk", 16)),
                new Part("db-flat.vmdk", noise(16 * 512, 1)),
                new Part("free.vmdk", sparse(16, true)));
        assertThat(keys(".")).containsExactly("a.ovf", "db.vmx", "free.vmdk");
    }

    @Test
    void disksBesideABrokenPackageAreNotTakenForVms() {
        write(folder, Part.of("a.ovf", "<broken"), new Part("a-disk.vmdk", sparse(16, true)));
        assertThat(keys(".")).containsExactly("a.ovf");
    }

    @Test
    void chainsThatBiteTheirTailEnd() {
        write(
                folder,
                Part.of("a.vmdk", VmxText.delta("a-delta.vmdk", 16, "b.vmdk")),
                Part.of("b.vmdk", VmxText.delta("b-delta.vmdk", 16, "a.vmdk")));
        assertThat(codes(single(folder, "a.vmdk"))).contains("files.snapshot-delta");
        failing(FilesError.NO_VM_FOUND, () -> Fixtures.open(folder, "."));
    }
}
