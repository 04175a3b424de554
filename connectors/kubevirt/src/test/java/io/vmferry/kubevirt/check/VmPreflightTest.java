package io.vmferry.kubevirt.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.TargetsForTest;
import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.kubevirt.version.TargetVersions;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmPreflightTest {
    private static final TargetFacts CURRENT = TargetsForTest.facts("1.9");
    private static final VmPlan VM = SamplePlans.linux("web01");

    @Test
    void plansThatAreFineHaveNoBlocker() {
        assertThat(codes(VM, CURRENT)).containsExactly("target.state-volume");
        assertThat(check(SamplePlans.windows("win01"), CURRENT))
                .noneMatch(finding -> finding.severity() == Severity.BLOCKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Web01", "web_01", "-web", "../../etc", "web01\nkind: Secret", "weblog.example"})
    void vmNames(String name) {
        VmPlan vm = VM.withTarget(VM.target().named(name, "imported"));
        assertThat(codes(vm, CURRENT)).contains("target.name-invalid");
        assertThat(codes(VM.withTarget(VM.target().named("web01", name)), CURRENT))
                .contains("target.name-invalid");
    }

    @Test
    void aNameOf64CharactersIsTooLongThoughKubeVirtTakesIt() {
        assertThat(codes(VM.withTarget(VM.target().named("w".repeat(63), "imported")), CURRENT))
                .doesNotContain("target.name-invalid");
        assertThat(codes(VM.withTarget(VM.target().named("w".repeat(64), "imported")), CURRENT))
                .contains("target.name-invalid");
    }

    @Test
    void disksOfOneNameAndOnePlace() {
        DiskPlan second = VM.disks().get(1);
        VmPlan vm = SamplePlans.firstDisk(
                VM, SamplePlans.with(VM.disks().get(0), "v", second.name(), "virtio", null, 1, "qcow2"));
        assertThat(codes(vm, CURRENT)).contains("target.name-duplicate");
        VmPlan order = VM.withDisks(
                List.of(VM.disks().get(0), SamplePlans.with(second, "v", second.name(), "virtio", null, 1, "qcow2")));
        assertThat(codes(order, CURRENT)).contains("target.boot-order-invalid");
        assertThat(codes(disk("virtio", null, 0, "qcow2"), CURRENT)).contains("target.boot-order-invalid");
    }

    @ParameterizedTest
    @CsvSource({"virtio, false", "sata, false", "scsi, false", "ide, true", "usb, true", "nvme, true", "'', true"})
    void buses(String bus, boolean refused) {
        assertThat(codes(disk(bus, null, 1, "qcow2"), CURRENT).contains("target.bus-refused"))
                .isEqualTo(refused);
    }

    @Test
    void diskSerials() {
        assertThat(codes(disk("scsi", "has blank", 1, "qcow2"), CURRENT)).contains("target.disk-serial-invalid");
        assertThat(codes(disk("scsi", "s".repeat(257), 1, "qcow2"), CURRENT)).contains("target.disk-serial-invalid");
        assertThat(codes(disk("scsi", "", 1, "qcow2"), CURRENT)).contains("target.disk-serial-invalid");
        assertThat(codes(disk("scsi", "s".repeat(256), 1, "qcow2"), CURRENT)).containsExactly("target.state-volume");
        assertThat(codes(disk("virtio", "s".repeat(21), 1, "qcow2"), CURRENT)).contains("target.disk-serial-cut");
    }

    @Test
    void formats() {
        assertThat(codes(disk("virtio", null, 1, "vmdk"), CURRENT)).contains("target.format-unsupported");
        TargetFacts before = TargetsForTest.facts(TargetVersions.of("1.9", "1.59"), Set.of());
        TargetFacts from = TargetsForTest.facts(TargetVersions.of("1.9", "1.60"), Set.of());
        assertThat(codes(disk("virtio", null, 1, "raw"), before)).contains("target.raw-upload-not-sparse");
        assertThat(codes(disk("virtio", null, 1, "raw"), from)).doesNotContain("target.raw-upload-not-sparse");
        assertThat(codes(disk("virtio", null, 1, "qcow2"), before)).doesNotContain("target.raw-upload-not-sparse");
    }

    @Test
    void tooManyDisks() {
        List<DiskPlan> many = Collections.nCopies(257, VM.disks().get(0));
        assertThat(codes(VM.withDisks(many), CURRENT)).contains("target.too-many-devices");
    }

    @ParameterizedTest
    @CsvSource({"0.52, target.tpm-unsupported", "0.53, target.tpm-not-persistent", "0.59, target.tpm-not-persistent"})
    void tpm(String version, String code) {
        VmPlan vm = SamplePlans.windows("win01");
        assertThat(codes(vm, TargetsForTest.facts(version))).contains(code);
        assertThat(codes(vm, TargetsForTest.facts("1.0"))).noneMatch(found -> found.startsWith("target.tpm"));
    }

    @Test
    void efiVariables() {
        assertThat(codes(VM, TargetsForTest.facts("1.0"))).contains("target.efi-not-persistent");
        assertThat(codes(VM, TargetsForTest.facts("1.1"))).doesNotContain("target.efi-not-persistent");
        VmPlan bios = with(
                VM,
                new Firmware(Firmware.Kind.BIOS, false, false),
                "amd64",
                "q35",
                VM.target().uuid(),
                "utc");
        assertThat(codes(bios, TargetsForTest.facts("0.50"))).isEmpty();
    }

    @Test
    void firmwareIdentifiers() {
        VmPlan uuid = with(VM, VM.target().firmware(), "amd64", "q35", "not-a-uuid", "utc");
        assertThat(codes(uuid, CURRENT)).contains("target.uuid-invalid");
        VmPlan serial = VM.withTarget(SamplePlans.target(VM.vm(), "VMware-42 17 3d", "utc", TargetVm.VIRTIO));
        assertThat(check(serial, CURRENT))
                .anySatisfy(finding -> assertThat(finding.message()).contains("VMware-42-17-3d"));
    }

    @Test
    void architectures() {
        TargetFacts arm = TargetsForTest.facts(TargetVersions.current(), Set.of("arm64"));
        assertThat(codes(VM, arm)).contains("target.architecture-unsupported");
        Firmware efi = new Firmware(Firmware.Kind.EFI, false, false);
        VmPlan guest = with(VM, efi, "arm64", "virt", null, "utc");
        assertThat(check(guest, arm)).noneMatch(finding -> finding.severity() == Severity.BLOCKER);
        assertThat(codes(with(VM, new Firmware(Firmware.Kind.BIOS, false, false), "arm64", "virt", null, "utc"), arm))
                .contains("target.firmware-unsupported");
        assertThat(codes(with(VM, efi, "amd64", "pc-i440fx-6.2", null, "utc"), CURRENT))
                .contains("target.machine-refused");
        assertThat(codes(with(VM, efi, "riscv64", "virt", null, "utc"), CURRENT))
                .contains("target.architecture-unsupported");
        VmPlan sata = SamplePlans.firstDisk(
                guest, SamplePlans.with(guest.disks().get(0), "v", "a", "sata", null, 1, "qcow2"));
        assertThat(codes(sata, arm)).contains("target.bus-refused");
    }

    @Test
    void clocks() {
        Firmware efi = VM.target().firmware();
        assertThat(codes(with(VM, efi, "amd64", "q35", null, "localtime"), CURRENT))
                .contains("target.clock-unknown");
        assertThat(codes(with(VM, efi, "amd64", "q35", null, "Europe/Berlin"), CURRENT))
                .doesNotContain("target.clock-unknown");
    }

    @Test
    void processorsAndMemory() {
        TargetVm target = VM.target();
        VmPlan none = VM.withTarget(new TargetVm(
                "web01",
                "imported",
                new Cpu(0, 2, 1, "amd64"),
                0,
                target.firmware(),
                null,
                null,
                "q35",
                "utc",
                "virtio",
                false,
                Map.of(),
                Map.of()));
        assertThat(codes(none, CURRENT)).contains("target.cpu-invalid", "target.memory-too-small");
    }

    @Test
    void labels() {
        assertThat(codes(labelled(Map.of("app", "web shop"), Map.of()), CURRENT))
                .contains("target.label-invalid");
        assertThat(codes(labelled(Map.of("a b", "x"), Map.of()), CURRENT)).contains("target.label-invalid");
        assertThat(codes(labelled(Map.of("vmferry.io/vm", "x"), Map.of()), CURRENT))
                .contains("target.label-reserved");
        assertThat(codes(labelled(Map.of(), Map.of("note", "any\ntext: 🚢")), CURRENT))
                .containsExactly("target.state-volume");
        assertThat(codes(labelled(Map.of(), Map.of("note", "x".repeat(260_000))), CURRENT))
                .contains("target.annotations-too-large");
    }

    @Test
    void codesAreStable() {
        assertThat(TargetFinding.TPM_UNSUPPORTED.code()).isEqualTo("target.tpm-unsupported");
        assertThat(TargetFinding.SHAREABLE_UNSUPPORTED.code()).isEqualTo("target.shareable-unsupported");
    }

    private static VmPlan disk(String bus, @Nullable String serial, @Nullable Integer bootOrder, String format) {
        DiskPlan disk = VM.disks().get(0);
        return SamplePlans.firstDisk(VM, SamplePlans.with(disk, "v", disk.name(), bus, serial, bootOrder, format));
    }

    private static VmPlan labelled(Map<String, String> labels, Map<String, String> annotations) {
        TargetVm target = VM.target();
        return VM.withTarget(new TargetVm(
                target.name(),
                target.namespace(),
                target.cpu(),
                target.memoryBytes(),
                target.firmware(),
                target.uuid(),
                null,
                "q35",
                "utc",
                "virtio",
                false,
                labels,
                annotations));
    }

    private static VmPlan with(
            VmPlan vm, Firmware firmware, String architecture, String machine, @Nullable String uuid, String clock) {
        TargetVm target = vm.target();
        return vm.withTarget(new TargetVm(
                target.name(),
                target.namespace(),
                new Cpu(1, 1, 1, architecture),
                target.memoryBytes(),
                firmware,
                uuid,
                null,
                machine,
                clock,
                "virtio",
                false,
                Map.of(),
                Map.of()));
    }

    private static List<Finding> check(VmPlan vm, TargetFacts facts) {
        return new VmPreflight(facts, NetworkDrivers.standard()).check(vm);
    }

    private static List<String> codes(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = check(vm, facts);
        assertThat(findings).allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
        return findings.stream().map(Finding::code).toList();
    }
}
