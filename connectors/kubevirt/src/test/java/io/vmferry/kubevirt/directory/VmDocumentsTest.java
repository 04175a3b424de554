package io.vmferry.kubevirt.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.kubevirt.GoldenFile;
import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetSession;
import io.vmferry.spi.testing.SampleVms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts of a VM's folder, and what happens to those that people edited. */
class VmDocumentsTest {
    @TempDir
    Path folder;

    private final VmPlan vm = SamplePlans.linux("web01");
    private TargetSession target;
    private Path home;

    @BeforeEach
    void finishDisks() {
        target = Targets.open(folder, "wave-1");
        home = folder.resolve("imported/web01");
        vm.disks().forEach(disk -> Targets.finish(target, vm, disk));
    }

    @Test
    void folderHoldsEverything() throws IOException {
        List<ObjectRef> refs = target.createVm(vm);
        assertThat(refs.stream().map(ObjectRef::name))
                .containsExactly(
                        "imported/web01/datavolume-web01-disk0.yaml",
                        "imported/web01/datavolume-web01-disk1.yaml",
                        "imported/web01/virtualmachine.yaml",
                        "imported/web01/kustomization.yaml",
                        "imported/web01/UPLOAD.md");
        assertThat(refs)
                .allSatisfy(ref -> assertThat(folder.resolve(ref.name())).isNotEmptyFile());
        assertThat(home.resolve("virtualmachine.yaml"))
                .content()
                .isEqualTo(target.manifests(vm).get(2).manifest());
        assertThat(home.resolve("kustomization.yaml")).hasContent("""
                        apiVersion: kustomize.config.k8s.io/v1beta1
                        kind: Kustomization
                        resources:
                        - datavolume-web01-disk0.yaml
                        - datavolume-web01-disk1.yaml
                        - virtualmachine.yaml
                        """);
    }

    @Test
    void uploadNoteHasTheCommandsInOrder() throws IOException {
        target.createVm(vm);
        String note = Files.readString(home.resolve("UPLOAD.md"));
        assertThat(note)
                .containsSubsequence(
                        "vmferry image --digest web01-disk0.qcow2",
                        "kubectl apply -k .",
                        "virtctl image-upload dv web01-disk0 -n imported --no-create --image-path=web01-disk0.qcow2",
                        "virtctl image-upload dv web01-disk1 -n imported --no-create --image-path=web01-disk1.qcow2",
                        "virtctl start web01 -n imported")
                .contains("| web01-disk0.qcow2 | 4096 | 8589934592 | blkhash-sha256-64k " + "0f".repeat(32) + " |");
    }

    @Test
    void uploadNoteIsAsRecorded() throws IOException {
        target.createVm(vm);
        GoldenFile.compare(VmDocumentsTest.class, "UPLOAD.md", Files.readString(home.resolve("UPLOAD.md")));
    }

    @Test
    void vmWithoutDisksHasAShortNote() throws IOException {
        VmPlan diskless = vm.withDisks(List.of());
        target.createVm(diskless);
        assertThat(Files.readString(home.resolve("UPLOAD.md")))
                .contains("## 1. Create the objects", "## 2. Start the VM")
                .doesNotContain("image-upload")
                .doesNotContain("datavolume");
    }

    @Test
    void nameFromTheSourceIsNotMarkup() throws IOException {
        Vm evil = SampleVms.linux("web01\n## 5. Run\n```sh\nrm -rf / # <b>");
        DiskPlan disk =
                SamplePlans.with(SamplePlans.disk(evil, 0, "virtio"), "v", "evil-disk0", "virtio", null, 1, "qcow2");
        VmPlan plan = SamplePlans.plan(
                evil,
                SamplePlans.target(evil, null, "utc", TargetVm.VIRTIO).named("evil", "imported"),
                List.of(disk),
                List.of());
        Targets.finish(target, plan, disk);
        target.createVm(plan);
        String note = Files.readString(folder.resolve("imported/evil/UPLOAD.md"));
        assertThat(note.lines()).noneMatch(line -> line.startsWith("rm -rf") || line.startsWith("## 5"));
        assertThat(note).doesNotContain("<b>");
    }

    @Test
    void editedManifestStaysWhileThePlanIsTheSame() throws IOException {
        target.createVm(vm);
        Path file = home.resolve("virtualmachine.yaml");
        Files.writeString(file, "edited");
        target.createVm(vm);
        assertThat(file).hasContent("edited");
    }

    @Test
    void editedManifestAndChangedPlanNeedADecision() throws IOException {
        target.createVm(vm);
        Path file = home.resolve("virtualmachine.yaml");
        Files.writeString(file, "edited");
        assertThatThrownBy(() -> target.createVm(started()))
                .isInstanceOfSatisfying(
                        VmferryException.class,
                        e -> assertThat(e.code()).isEqualTo(TargetError.TARGET_MANIFEST_EDITED));
        assertThat(file).hasContent("edited");
    }

    @Test
    void untouchedManifestFollowsThePlan() {
        target.createVm(vm);
        target.createVm(started());
        assertThat(home.resolve("virtualmachine.yaml")).content().contains("runStrategy: Always");
        target.createVm(vm);
        assertThat(home.resolve("virtualmachine.yaml")).content().contains("runStrategy: Halted");
    }

    @Test
    void manifestThatWasThereBeforeIsForeign() throws IOException {
        Files.writeString(home.resolve("virtualmachine.yaml"), "mine");
        assertThatThrownBy(() -> target.createVm(vm))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(TargetError.TARGET_FILE_FOREIGN));
        assertThat(home.resolve("virtualmachine.yaml")).hasContent("mine");
        assertThat(home.resolve("kustomization.yaml")).doesNotExist();
    }

    @Test
    void blockedPlanIsNotCreated() {
        VmPlan blocked = vm.withNics(List.of(SamplePlans.multus(vm.nics().get(0).nic(), "vmxnet3")));
        assertThatThrownBy(() -> target.createVm(blocked))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(TargetError.TARGET_REFUSES_VM));
    }

    @Test
    void kubectlReadsTheFolder() throws Exception {
        target.createVm(vm);
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", home.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "kubectl not found: install kubectl to run this test");
            return;
        }
        String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(kubectl.exitValue()).as(output).isZero();
        assertThat(output).contains("kind: DataVolume", "kind: VirtualMachine", "macAddress: 00:50:56:aa:bb:01");
    }

    private VmPlan started() {
        TargetVm t = vm.target();
        return vm.withTarget(new TargetVm(
                t.name(),
                t.namespace(),
                t.cpu(),
                t.memoryBytes(),
                t.firmware(),
                t.uuid(),
                t.serial(),
                t.machine(),
                t.clock(),
                t.profile(),
                true,
                t.labels(),
                t.annotations()));
    }
}
