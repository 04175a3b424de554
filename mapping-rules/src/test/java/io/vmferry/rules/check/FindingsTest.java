package io.vmferry.rules.check;

import static io.vmferry.rules.PlannerFixture.POD_FOR_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.rules.PlannerFixture;
import io.vmferry.rules.VmEdit;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestFileSystem;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestInterface.Address;
import io.vmferry.spi.model.GuestInterface.Origin;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.GuestOs.Family;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.testing.SampleVms;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One situation for each finding; all of the catalogue is covered, and a plain VM has none of them. */
class FindingsTest {
    private static final String KEEP = "networks: [{default: true, to: {driver: hybridnet, network: n}}]";

    /** @param code the finding that the situation must lead to */
    record Situation(PlanFinding code, PlannerFixture planning) {
        @Override
        public String toString() {
            return code.code();
        }
    }

    /** A VM that is as simple as can be: BIOS, Debian, one disk, one card that asks DHCP. */
    private static VmEdit plain(String name) {
        VmEdit vm = new VmEdit(SampleVms.linux(name)).os(Family.LINUX, "debian12_64Guest");
        vm.firmware = new Firmware(Firmware.Kind.BIOS, false, false);
        vm.identity = new Identity(
                "42173d21-7b1e-2b9a-8c11-" + String.format("%012x", name.hashCode() & 0xffffffL), "S-1", null);
        vm.disks.remove(1);
        vm.nic(0, nic -> {
            nic.mac = String.format("00:50:56:%02x:00:01", name.hashCode() & 0x7f);
            nic.guest = new GuestInterface(
                    "eth0",
                    Origin.DHCP,
                    List.of(new Address("10.0.0." + (name.hashCode() & 0x7f), 24)),
                    List.of(),
                    List.of(),
                    false);
            return nic;
        });
        return vm;
    }

    private static Situation one(PlanFinding code, Consumer<VmEdit> change) {
        return one(code, "", POD_FOR_ALL, change);
    }

    private static Situation one(PlanFinding code, String spec, String rules, Consumer<VmEdit> change) {
        VmEdit vm = plain("web01");
        change.accept(vm);
        return new Situation(code, PlannerFixture.of(spec, rules).with(vm.vm()));
    }

    private static Situation two(PlanFinding code, String spec, String rules, Consumer<VmEdit> change) {
        VmEdit a = plain("web01");
        VmEdit b = plain("web02");
        change.accept(a);
        change.accept(b);
        return new Situation(code, PlannerFixture.of(spec, rules).with(a.vm()).with(b.vm()));
    }

    private static Situation device(PlanFinding code, String kind) {
        return one(code, vm -> vm.devices.add(new Device(kind, "Device", "detail")));
    }

    private static Situation guest(PlanFinding code, Family family, String id, String spec) {
        return one(code, spec, POD_FOR_ALL, vm -> vm.os(family, id));
    }

    private static Consumer<VmEdit> nic(Consumer<VmEdit.NicEdit> change) {
        return vm -> vm.nic(0, nic -> {
            change.accept(nic);
            return nic;
        });
    }

    private static Consumer<VmEdit> disk(Consumer<VmEdit.DiskEdit> change) {
        return vm -> vm.disk(0, disk -> {
            change.accept(disk);
            return disk;
        });
    }

    private static GuestInterface addresses(String name, Origin origin, boolean lastSeen, String... ips) {
        return new GuestInterface(
                name, origin, Stream.of(ips).map(ip -> new Address(ip, 24)).toList(), List.of(), List.of(), lastSeen);
    }

    private static PlannerFixture unopened(Map<String, String> errors) {
        return PlannerFixture.of("", POD_FOR_ALL).with(plain("web01").vm(), Map.of(), errors, Map.of());
    }

    static Stream<Situation> situations() {
        return Stream.of(
                one(PlanFinding.VM_NAME_CHANGED, vm -> vm.ref = new VmRef("sample", "k", "Web 01")),
                one(PlanFinding.VM_NAME_GENERATED, vm -> vm.ref = new VmRef("sample", "k", "财务数据库")),
                one(PlanFinding.VM_BLOCKED, "", POD_FOR_ALL + "\nplacement: [{default: true, block: why}]", vm -> {}),
                one(PlanFinding.VM_NO_DISKS, vm -> vm.disks.clear()),
                one(PlanFinding.VM_TEMPLATE, vm -> vm.template = true),
                one(PlanFinding.VM_RUNNING, vm -> vm.power = PowerState.ON),
                one(
                        PlanFinding.VM_POWERED_ON,
                        "policy: {running: shutdown}",
                        POD_FOR_ALL,
                        vm -> vm.power = PowerState.ON),
                one(
                        PlanFinding.VM_SNAPSHOT_COPY,
                        "policy: {running: snapshot}",
                        POD_FOR_ALL,
                        vm -> vm.power = PowerState.ON),
                one(PlanFinding.DISK_NOT_IN_SNAPSHOT, "policy: {running: snapshot}", POD_FOR_ALL, vm -> {
                    vm.power = PowerState.ON;
                    disk(disk -> disk.mode = "independent_persistent").accept(vm);
                }),
                one(PlanFinding.VM_SUSPENDED, vm -> vm.power = PowerState.SUSPENDED),
                one(PlanFinding.VM_SNAPSHOTS, vm -> vm.snapshots.add(new Snapshot("s", "before", null, true))),
                one(PlanFinding.COMPUTE_CPU_INVALID, vm -> vm.cpu = new Cpu(0, 1, 1, "amd64")),
                one(PlanFinding.COMPUTE_CPU_MANY, vm -> vm.cpu = new Cpu(2, 128, 1, "amd64")),
                one(PlanFinding.COMPUTE_MEMORY_INVALID, vm -> vm.memoryBytes = 0),
                one(PlanFinding.COMPUTE_MEMORY_ROUNDED, vm -> vm.memoryBytes = (4L << 30) + 1),
                one(PlanFinding.COMPUTE_MEMORY_LARGE, vm -> vm.memoryBytes = 7L << 40),
                one(PlanFinding.COMPUTE_UUID_MISSING, vm -> vm.identity = new Identity(null, null, null)),
                one(PlanFinding.COMPUTE_UUID_INVALID, vm -> vm.identity = new Identity("none", null, null)),
                one(PlanFinding.COMPUTE_SERIAL_CHANGED, vm -> vm.identity = new Identity(null, "VMware-42 17", null)),
                guest(PlanFinding.COMPUTE_CLOCK_ZONE, Family.WINDOWS, "windows2019srv_64Guest", ""),
                one(PlanFinding.COMPUTE_HOT_PLUG_LOST, vm -> vm.features = Map.of("cpuHotAdd", "true")),
                one(PlanFinding.COMPUTE_AFFINITY_LOST, vm -> vm.features = Map.of("numaAffinity", "0,1")),
                one(PlanFinding.COMPUTE_CLUSTER_RULES_LOST, vm -> vm.features = Map.of("clusterDrs", "true")),
                one(PlanFinding.COMPUTE_RESERVATION_LOST, vm -> vm.features = Map.of("cpuReservationMhz", "500")),
                one(PlanFinding.COMPUTE_FEATURE_LOST, vm -> vm.features = Map.of("nestedVirtualization", "true")),
                one(PlanFinding.VM_INACCESSIBLE, vm -> vm.features = Map.of("connectionState", "orphaned")),
                one(PlanFinding.VM_CONSOLIDATION_NEEDED, vm -> vm.features = Map.of("consolidationNeeded", "true")),
                one(PlanFinding.VM_WAITS_FOR_ANSWER, vm -> vm.features = Map.of("waitsForAnswer", "true")),
                one(PlanFinding.VM_REPLICATED, vm -> vm.features = Map.of("replicated", "true")),
                one(PlanFinding.VM_CHANGE_TRACKING_OFF, vm -> vm.features = Map.of("changeTracking", "false")),
                one(PlanFinding.DISK_ENCRYPTED, disk(disk -> disk.format = "vmdk thin encrypted")),
                one(PlanFinding.COMPUTE_FAULT_TOLERANCE_LOST, vm -> vm.features = Map.of("faultTolerance", "true")),
                one(
                        PlanFinding.FIRMWARE_FALLBACK_LOADER,
                        vm -> vm.firmware = new Firmware(Firmware.Kind.EFI, false, false)),
                one(PlanFinding.FIRMWARE_SECURE_BOOT, vm -> vm.firmware = new Firmware(Firmware.Kind.EFI, true, false)),
                one(PlanFinding.FIRMWARE_TPM_CONTENT, vm -> vm.firmware = new Firmware(Firmware.Kind.EFI, true, true)),
                guest(PlanFinding.GUEST_OS_UNKNOWN, Family.UNKNOWN, "", ""),
                guest(PlanFinding.GUEST_OS_OLD, Family.LINUX, "rhel5_64Guest", ""),
                guest(PlanFinding.GUEST_OS_OTHER, Family.OTHER, "freebsd13_64Guest", ""),
                guest(PlanFinding.GUEST_BOOT_SAFE, Family.LINUX, "debian12_64Guest", "policy: {profile: boot-safe}"),
                guest(
                        PlanFinding.GUEST_VIRTIO_DRIVERS,
                        Family.WINDOWS,
                        "windows2019srv_64Guest",
                        "policy: {profile: virtio}"),
                guest(PlanFinding.GUEST_VIRTIO_UNPROVEN, Family.LINUX, "rhel9_64Guest", ""),
                one(
                        PlanFinding.GUEST_INTERFACE_NAME,
                        nic(nic -> nic.guest = addresses("ens192", Origin.STATIC, false, "10.0.0.9"))),
                one(PlanFinding.GUEST_WINDOWS_STATIC_ADDRESS, vm -> {
                    vm.os(Family.WINDOWS, "windows9_64Guest");
                    nic(nic -> nic.guest = addresses("Ethernet0", Origin.STATIC, false, "10.0.0.9"))
                            .accept(vm);
                }),
                one(PlanFinding.GUEST_NETWORK_UNKNOWN, nic(nic -> nic.guest = null)),
                one(
                        PlanFinding.GUEST_HOST_NAME,
                        vm -> vm.guest = new GuestOs(
                                "debian12_64Guest",
                                Family.LINUX,
                                "Debian 12",
                                "localhost.localdomain",
                                "running",
                                List.of())),
                one(
                        PlanFinding.GUEST_FILE_SYSTEM_FULL,
                        vm -> vm.guest = new GuestOs(
                                "debian12_64Guest",
                                Family.LINUX,
                                "Debian 12",
                                "web01",
                                "running",
                                List.of(new GuestFileSystem("/boot", "ext4", 1L << 30, 49L << 20, null)))),
                one(PlanFinding.DISK_ZERO_SIZE, disk(disk -> disk.capacity = 0)),
                new Situation(
                        PlanFinding.DISK_UNREADABLE, unopened(Map.of("disk0.vmdk", "the grain directory is cut off"))),
                new Situation(PlanFinding.DISK_NOT_OPENED, unopened(Map.of())),
                new Situation(
                        PlanFinding.DISK_CAPACITY_MISMATCH,
                        PlannerFixture.of("", POD_FOR_ALL)
                                .with(
                                        plain("web01").vm(),
                                        Map.of("disk0.vmdk", PlannerFixture.streamOptimized(5L << 30)),
                                        Map.of(),
                                        Map.of())),
                one(PlanFinding.DISK_RAW_LUN, disk(disk -> disk.backing = Disk.Backing.RDM_PHYSICAL)),
                one(PlanFinding.DISK_SHARED, disk(disk -> disk.shared = true)),
                one(PlanFinding.DISK_INDEPENDENT, disk(disk -> disk.mode = "independent_persistent")),
                one(
                        PlanFinding.DISK_MANY,
                        vm -> IntStream.range(1, 170).forEach(i -> vm.disks.add(SampleVms.disk(i, 1 << 30)))),
                one(PlanFinding.DISK_BOOT_GUESSED, vm -> {
                    vm.disks.add(SampleVms.disk(1, 1 << 30));
                    disk(disk -> disk.bootOrder = null).accept(vm);
                }),
                one(PlanFinding.DISK_DEVICE_NAME, disk(disk -> disk.guestDevice = "/dev/sda")),
                one(PlanFinding.DISK_SERIAL_CHANGED, disk(disk -> disk.serial = "a b")),
                one(
                        PlanFinding.STORAGE_UNMAPPED,
                        "",
                        POD_FOR_ALL + "\nstorage: [{match: {storage: other}, to: {}}]",
                        vm -> {}),
                one(
                        PlanFinding.STORAGE_BLOCKED,
                        "",
                        POD_FOR_ALL + "\nstorage: [{default: true, block: why}]",
                        vm -> {}),
                one(PlanFinding.STORAGE_DEFAULT_CLASS, vm -> {}),
                one(
                        PlanFinding.STORAGE_CLASS_UNKNOWN,
                        "",
                        POD_FOR_ALL + "\nstorage: [{default: true, to: {storageClass: fsat}}]",
                        vm -> {}),
                one(
                        PlanFinding.STORAGE_NO_LIVE_MIGRATION,
                        "",
                        POD_FOR_ALL + "\nstorage: [{default: true, to: {accessMode: ReadWriteOnce}}]",
                        vm -> {}),
                one(PlanFinding.NETWORK_NONE, vm -> vm.nics.clear()),
                one(PlanFinding.NETWORK_UNMAPPED, "", "", vm -> {}),
                one(PlanFinding.NETWORK_BLOCKED, "", "networks: [{default: true, block: why}]", vm -> {}),
                one(PlanFinding.NETWORK_IP_UNKNOWN, "", KEEP, nic(nic -> nic.guest = null)),
                one(
                        PlanFinding.NETWORK_IP_AMBIGUOUS,
                        "",
                        KEEP,
                        nic(nic -> nic.guest = addresses("eth0", Origin.DHCP, false, "10.0.0.9", "10.0.0.10"))),
                one(
                        PlanFinding.NETWORK_IP_LAST_SEEN,
                        "",
                        KEEP,
                        nic(nic -> nic.guest = addresses("eth0", Origin.DHCP, true, "10.0.0.9"))),
                one(PlanFinding.NETWORK_MAC_UNKNOWN, nic(nic -> nic.mac = null)),
                one(PlanFinding.NETWORK_MAC_INVALID, nic(nic -> nic.mac = "01:00:5e:00:00:01")),
                one(
                        PlanFinding.NETWORK_MAC_GENERATED,
                        "",
                        "networks: [{default: true, to: {driver: pod, mac: {policy: generate}}}]",
                        vm -> {}),
                one(PlanFinding.NETWORK_DISCONNECTED, nic(nic -> nic.connected = false)),
                one(PlanFinding.NETWORK_TRUNK, nic(nic -> nic.network = new Nic.Network("trunk", null, 4095))),
                one(PlanFinding.NETWORK_SRIOV, nic(nic -> nic.model = "sriov")),
                device(PlanFinding.DEVICE_PASSTHROUGH, "pci-passthrough"),
                device(PlanFinding.DEVICE_GPU, "gpu"),
                device(PlanFinding.DEVICE_USB, "usb"),
                device(PlanFinding.DEVICE_CDROM, "cdrom"),
                device(PlanFinding.DEVICE_FLOPPY, "floppy"),
                device(PlanFinding.DEVICE_SOUND, "sound"),
                device(PlanFinding.DEVICE_SERIAL, "serial"),
                device(PlanFinding.DEVICE_PARALLEL, "parallel"),
                device(PlanFinding.DEVICE_WATCHDOG, "watchdog"),
                device(PlanFinding.DEVICE_OTHER, "flux-capacitor"),
                one(
                        PlanFinding.OVERRIDE_UNKNOWN_RULE,
                        "overrides: [{vm: web01, nics: [{nic: 0, network: nowhere}]}]",
                        POD_FOR_ALL,
                        vm -> {}),
                one(
                        PlanFinding.OVERRIDE_UNKNOWN_DEVICE,
                        "overrides: [{vm: web01, disks: [{disk: 7, storageClass: fast}]}]",
                        POD_FOR_ALL,
                        vm -> {}),
                two(
                        PlanFinding.OVERRIDE_AMBIGUOUS,
                        "overrides: [{vm: same, start: true}]",
                        POD_FOR_ALL,
                        vm -> vm.ref = new VmRef("sample", vm.ref.key(), "same")),
                one(PlanFinding.OVERRIDE_NO_VM, "overrides: [{vm: web99, start: true}]", POD_FOR_ALL, vm -> {}),
                new Situation(PlanFinding.PLAN_NO_VMS, PlannerFixture.of("", POD_FOR_ALL)),
                two(PlanFinding.PLAN_DUPLICATE_VM, "", POD_FOR_ALL, vm -> vm.ref = new VmRef("sample", "one", "same")),
                two(
                        PlanFinding.PLAN_DUPLICATE_NAME,
                        "",
                        POD_FOR_ALL,
                        vm -> vm.ref = new VmRef("sample", vm.ref.key(), "same")),
                two(PlanFinding.PLAN_DUPLICATE_MAC, "", POD_FOR_ALL, nic(nic -> nic.mac = "00:50:56:00:00:09")),
                two(
                        PlanFinding.PLAN_DUPLICATE_IP,
                        "",
                        KEEP,
                        nic(nic -> nic.guest = addresses("eth0", Origin.DHCP, false, "10.0.0.9"))),
                two(
                        PlanFinding.PLAN_DUPLICATE_UUID,
                        "",
                        POD_FOR_ALL,
                        vm -> vm.identity = new Identity("42173d21-7b1e-2b9a-8c11-0123456789ab", null, null)),
                one(
                        PlanFinding.PLAN_RULE_UNUSED,
                        "",
                        "networks: [{name: x, match: {vlan: 9}, to: {driver: pod}}, {default: true, to: {driver: pod}}]",
                        vm -> {}),
                new Situation(
                        PlanFinding.SOURCE_INSECURE,
                        PlannerFixture.of("", POD_FOR_ALL)
                                .with(plain("web01").vm())
                                .trust("insecure")));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void theSituationLeadsToItsFinding(Situation situation) {
        Plan plan = situation.planning().plan();
        List<Finding> ours = PlannerFixture.findings(plan)
                .filter(finding -> finding.code().equals(situation.code().code()))
                .toList();
        assertThat(ours).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(situation.code().severity());
            assertThat(finding.subject()).isNotBlank();
            assertThat(finding.message()).isNotBlank();
            if (finding.severity() == Severity.BLOCKER) {
                assertThat(finding.remedy()).isNotBlank();
            }
        });
        boolean everyVm = situation.planning().plan().vms().size() == 2;
        assertThat(ours).hasSizeGreaterThanOrEqualTo(everyVm ? 2 : 1);
    }

    @Test
    void everyFindingHasASituation() {
        Set<String> covered = situations().map(Situation::toString).collect(Collectors.toCollection(TreeSet::new));
        assertThat(covered)
                .isEqualTo(Arrays.stream(PlanFinding.values())
                        .map(PlanFinding::code)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The other half of every situation: without the change there is no such finding. */
    @Test
    void aPlainVmHasNothingToReport() {
        String rules = POD_FOR_ALL + "\nstorage: [{default: true, to: {storageClass: fast}}]";
        Vm vm = plain("web01").vm();
        Plan plan = PlannerFixture.of("", rules).with(vm).plan();
        assertThat(PlannerFixture.findings(plan)).isEmpty();
    }

    @Test
    void noticesOfConnectorsKeepTheirCode() {
        VmEdit vm = plain("web01");
        vm.notices.add(new Notice("files.ovf.unknown-section", "web01.ovf line 40", "a section was not understood"));
        Plan plan = PlannerFixture.of("", POD_FOR_ALL).with(vm.vm()).plan();
        assertThat(plan.vms().get(0).findings())
                .contains(Finding.warning(
                        "files.ovf.unknown-section", "web01.ovf line 40", "a section was not understood", ""));
    }
}
