package io.vmferry.kubevirt.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.DiskSink;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.PreparedDisk;
import io.vmferry.spi.target.TargetSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a folder already: ours, somebody else's, changed, half done. */
class DirectoryOwnershipTest {
    @TempDir
    Path folder;

    private final VmPlan vm = SamplePlans.linux("web01");
    private final DiskPlan disk = vm.disks().get(0);
    private TargetSession target;
    private Path home;

    @BeforeEach
    void open() {
        target = Targets.open(folder.resolve("out"), "wave-1");
        home = folder.resolve("out/imported/web01");
    }

    @Test
    void dryRunLeavesNoTrace() {
        target.preflight(vm);
        target.manifests(vm);
        target.ours(Optional.empty());
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void folderOfAnotherVmOfTheSameMigrationIsRefused() {
        target.prepareDisk(vm, disk);
        VmPlan twin = new VmPlan("v-other", vm.vm(), vm.target(), vm.disks(), vm.nics(), List.of(), List.of());
        refused(TargetError.TARGET_FOLDER_FOREIGN, () -> target.prepareDisk(twin, disk));
        assertThat(target.preflight(twin).stream().map(Finding::code)).contains("target.place-taken");
        assertThat(target.ours(Optional.of("v-other"))).isEmpty();
    }

    @Test
    void emptyFolderWithoutMarkerIsForeign() throws IOException {
        Files.createDirectories(home);
        refused(TargetError.TARGET_FOLDER_FOREIGN, () -> target.prepareDisk(vm, disk));
    }

    @Test
    void brokenMarkerIsSaidToBeBroken() throws IOException {
        for (String content : List.of("", "{", "null", "[]", "{\"schema\":\"other\"}", "{\"schema\":1}", "\u0000")) {
            Files.createDirectories(home);
            Files.writeString(home.resolve(".vmferry.json"), content);
            refused(TargetError.TARGET_RECORD_BROKEN, () -> target.prepareDisk(vm, disk));
            assertThat(target.ours(Optional.empty())).isEmpty();
        }
    }

    @Test
    void diskWithoutEvidenceIsForeign() throws IOException {
        target.prepareDisk(vm, disk);
        Files.writeString(home.resolve("web01-disk0.qcow2"), "mine");
        refused(TargetError.TARGET_FILE_FOREIGN, () -> target.prepareDisk(vm, disk));
        refused(TargetError.TARGET_FILE_FOREIGN, () -> target.openSink(vm, disk));
        assertThat(home.resolve("web01-disk0.qcow2")).hasContent("mine");
    }

    @Test
    void diskOfAnotherFormatWithoutEvidenceIsForeignToo() throws IOException {
        target.prepareDisk(vm, disk);
        Files.writeString(home.resolve("web01-disk0.raw"), "mine");
        refused(TargetError.TARGET_FILE_FOREIGN, () -> target.prepareDisk(vm, disk));
    }

    @Test
    void changedDiskIsNeitherAdoptedNorOverwrittenNorRemoved() throws IOException {
        Targets.finish(target, vm, disk);
        Path file = home.resolve("web01-disk0.qcow2");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        refused(TargetError.TARGET_DISK_CHANGED, () -> target.prepareDisk(vm, disk));
        assertThat(target.ours(Optional.empty()).stream().map(ObjectRef::name))
                .doesNotContain("imported/web01/web01-disk0.qcow2");
        refused(TargetError.TARGET_DELETE_REFUSED, () -> target.delete(file("web01-disk0.qcow2")));
        assertThat(file).exists();
    }

    @Test
    void timeInWholeSecondsIsAsGood() throws IOException {
        Targets.finish(target, vm, disk);
        Path file = home.resolve("web01-disk0.qcow2");
        long seconds = Files.getLastModifiedTime(file).toInstant().getEpochSecond();
        Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.FINISHED);
    }

    @Test
    void diskThatWasTakenAwayIsNewAgain() throws IOException {
        Targets.finish(target, vm, disk);
        Files.delete(home.resolve("web01-disk0.qcow2"));
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.NEW);
        Targets.finish(target, vm, disk);
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.FINISHED);
    }

    @Test
    void otherFormatReplacesTheDiskAtTheCommit() {
        DiskPlan raw = SamplePlans.with(disk, disk.sourceVersion(), disk.name(), disk.bus(), null, 1, "raw");
        Targets.finish(target, vm, disk);
        target.prepareDisk(vm, raw);
        assertThat(home.resolve("web01-disk0.qcow2")).exists();
        Targets.finish(target, vm, raw);
        assertThat(home.resolve("web01-disk0.qcow2")).doesNotExist();
        assertThat(home.resolve("web01-disk0.raw")).exists();
    }

    @Test
    void partialFileOfAnotherPlanIsNotContinued() {
        try (DiskSink sink = target.openSink(vm, disk)) {
            ((DiskSink.Seekable) sink).store().write(0, ByteBuffer.wrap(new byte[9]));
        }
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.BEGUN);
        DiskPlan drifted = SamplePlans.withVersion(disk, "sha256:changed");
        assertThat(target.prepareDisk(vm, drifted).state()).isEqualTo(PreparedDisk.State.NEW);
        try (DiskSink sink = target.openSink(vm, drifted)) {
            assertThat(((DiskSink.Seekable) sink).store().size()).isZero();
        }
    }

    /** The evidence is there already, the disk not yet under its name. */
    @Test
    void crashBetweenEvidenceAndRenameIsContinued() throws IOException {
        Targets.finish(target, vm, disk);
        Files.move(home.resolve("web01-disk0.qcow2"), home.resolve(".web01-disk0.partial"));
        Records.write(home.resolve(".web01-disk0.partial.json"), DiskStamp.of(disk));
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.BEGUN);
        try (DiskSink sink = target.openSink(vm, disk)) {
            assertThat(((DiskSink.Seekable) sink).store().size()).isEqualTo(4096);
            sink.commit(Targets.evidence(disk, 4096));
        }
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.FINISHED);
    }

    /** A copy by a new plan replaces the old one; in between there is no disk, never one with the other's evidence. */
    @Test
    void crashWhileADiskIsReplacedIsContinued() throws IOException {
        DiskPlan drifted = SamplePlans.withVersion(disk, "v2");
        Targets.finish(target, vm, disk);
        try (DiskSink sink = target.openSink(vm, drifted)) {
            ((DiskSink.Seekable) sink).store().write(0, ByteBuffer.wrap(new byte[9]));
        }
        Files.delete(home.resolve("web01-disk0.qcow2"));
        assertThat(target.prepareDisk(vm, drifted).state()).isEqualTo(PreparedDisk.State.BEGUN);
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.NEW);
    }

    /** A crash before the folder's rename leaves its beginning, which the next run takes. */
    @Test
    void crashWhileTheFolderIsMadeIsContinued() throws IOException {
        target.prepareDisk(vm, disk);
        Path begun = home.resolveSibling(
                "." + home.getFileName() + "." + Digests.sha256(vm.key()).substring(0, 8));
        Files.move(home, begun);
        Files.writeString(begun.resolve(".vmferry.json"), "{");
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.NEW);
        assertThat(folder.resolve("out/imported").toFile().list()).containsExactly("web01");
    }

    @Test
    void finishedDiskIsNotOpenedAgain() {
        Targets.finish(target, vm, disk);
        refused(TargetError.TARGET_DISK_FINISHED, () -> target.openSink(vm, disk));
    }

    @Test
    void evidenceThatDoesNotFitIsNotCommitted() {
        try (DiskSink sink = target.openSink(vm, disk)) {
            ((DiskSink.Seekable) sink).store().write(0, ByteBuffer.wrap(new byte[9]));
            refused(TargetError.TARGET_EVIDENCE_MISMATCH, () -> sink.commit(Targets.evidence(disk, 10)));
            sink.commit(Targets.evidence(disk, 9));
        }
        assertThat(target.prepareDisk(vm, disk).state()).isEqualTo(PreparedDisk.State.FINISHED);
    }

    /** A raw file is as long as its disk, however little of it was written. */
    @Test
    void fileWithHolesIsLongerThanWhatWasWritten() throws IOException {
        DiskPlan raw = SamplePlans.with(disk, disk.sourceVersion(), disk.name(), disk.bus(), null, 1, "raw");
        try (DiskSink sink = target.openSink(vm, raw)) {
            ((DiskSink.Seekable) sink).store().resize(1 << 20);
            sink.commit(Targets.evidence(raw, 4096));
        }
        PreparedDisk found = target.prepareDisk(vm, raw);
        assertThat(found.state()).isEqualTo(PreparedDisk.State.FINISHED);
        assertThat(found.evidence()).isEqualTo(Targets.evidence(raw, 4096));
        try (FileChannel channel = FileChannel.open(home.resolve("web01-disk0.raw"), StandardOpenOption.WRITE)) {
            channel.truncate(4096);
        }
        refused(TargetError.TARGET_DISK_CHANGED, () -> target.prepareDisk(vm, raw));
    }

    @Test
    void nothingIsLeftBesideAFinishedDisk() {
        Targets.finish(target, vm, disk);
        assertThat(home.toFile().list())
                .containsExactlyInAnyOrder(".vmferry.json", "web01-disk0.qcow2", "web01-disk0.evidence.json");
        assertThat(folder.resolve("out/imported").toFile().list()).containsExactly("web01");
    }

    @Test
    void disksOfAVmArePreparedSideBySide() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<PreparedDisk>> all =
                    threads.invokeAll(java.util.Collections.nCopies(32, () -> target.prepareDisk(vm, disk)));
            for (Future<PreparedDisk> one : all) {
                assertThat(one.get().state()).isEqualTo(PreparedDisk.State.NEW);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(folder.resolve("out/imported").toFile().list()).containsExactly("web01");
    }

    @Test
    void foreignFilesInTheFolderAreLeftAndReported() throws IOException {
        vm.disks().forEach(each -> Targets.finish(target, vm, each));
        target.createVm(vm);
        Files.writeString(home.resolve("notes.txt"), "mine");
        Files.writeString(home.resolve("kustomization.yaml"), "mine too");
        List<ObjectRef> ours = target.ours(Optional.empty());
        ObjectRef marker = ours.get(ours.size() - 1);
        assertThat(marker.name()).isEqualTo("imported/web01/.vmferry.json");
        ours.subList(0, ours.size() - 1).forEach(target::delete);
        assertThatThrownBy(() -> target.delete(marker))
                .isInstanceOf(VmferryException.class)
                .hasMessageContaining("notes.txt")
                .hasMessageContaining("kustomization.yaml");
        assertThat(home.toFile().list()).containsExactlyInAnyOrder(".vmferry.json", "notes.txt", "kustomization.yaml");
    }

    @Test
    void diskBeingWrittenIsNotRemoved() {
        target.prepareDisk(vm, disk);
        try (DiskSink sink = target.openSink(vm, disk)) {
            assertThat(sink).isNotNull();
            refused(TargetError.TARGET_DISK_BUSY, () -> target.delete(file(".web01-disk0.partial")));
            refused(TargetError.TARGET_DISK_BUSY, () -> target.delete(file(".web01-disk0.lock")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../victim",
                "../../victim",
                "imported/../../victim",
                "imported/web01/../../../victim",
                "/etc/passwd",
                "imported/web01",
                "imported",
                "",
                "imported/web01/notes.txt",
                "a\u0000b"
            })
    void deleteStaysInFoldersOfItsOwn(String name) throws IOException {
        target.prepareDisk(vm, disk);
        Files.writeString(folder.resolve("victim"), "mine");
        Files.writeString(home.resolve("notes.txt"), "mine");
        refused(TargetError.TARGET_DELETE_REFUSED, () -> target.delete(new ObjectRef("", "File", "", name)));
        assertThat(folder.resolve("victim")).exists();
        assertThat(home.resolve("notes.txt")).exists();
    }

    @Test
    void namesThatLeadOutAreRefused() {
        for (String name : List.of("../evil", "..", "a/b", "", "Web01", "a\u0000")) {
            TargetVm named = vm.target().named(name, "imported");
            refused(TargetError.TARGET_NAME_INVALID, () -> target.prepareDisk(vm.withTarget(named), disk));
            DiskPlan evil = SamplePlans.with(disk, "v", name, "virtio", null, 1, "qcow2");
            refused(TargetError.TARGET_NAME_INVALID, () -> target.prepareDisk(SamplePlans.firstDisk(vm, evil), evil));
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFileInThePlaceOfAFolder() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/imported"), "mine");
        refused(TargetError.TARGET_PATH_NOT_FOLDER, () -> target.prepareDisk(vm, disk));
        Files.delete(folder.resolve("out/imported"));
        Files.createDirectories(folder.resolve("out/imported"));
        Files.writeString(home, "mine");
        refused(TargetError.TARGET_FOLDER_FOREIGN, () -> target.prepareDisk(vm, disk));
        assertThat(home).hasContent("mine");
    }

    @Test
    void tooLittleSpaceBlocks() {
        DiskPlan huge = new DiskPlan(
                disk.key(),
                disk.disk(),
                "v",
                null,
                "",
                disk.name(),
                null,
                null,
                null,
                "virtio",
                null,
                1,
                "qcow2",
                null,
                "",
                1L << 60,
                1L << 60);
        VmPlan big = SamplePlans.firstDisk(vm, huge);
        assertThat(target.preflight(big).stream().map(Finding::code)).contains("target.space-short");
    }

    private static ObjectRef file(String name) {
        return new ObjectRef("", "File", "", "imported/web01/" + name);
    }

    private static void refused(TargetError code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.remedy()).isNotBlank();
        });
    }
}
