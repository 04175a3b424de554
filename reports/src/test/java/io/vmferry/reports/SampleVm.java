package io.vmferry.reports;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestInterface.Address;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.NicPlan.MacPolicy;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.ObjectRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds one VM's plan for tests, from the few facts that differ. */
final class SampleVm {
    static final long MIB = 1L << 20;
    static final long GIB = 1L << 30;

    private final String name;
    private final String target;
    private final String key;
    private final List<Disk> disks = new ArrayList<>();
    private final List<DiskPlan> diskPlans = new ArrayList<>();
    private final List<Nic> nics = new ArrayList<>();
    private final List<NicPlan> nicPlans = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private Cpu cpu = new Cpu(1, 2, 1, "amd64");
    private long memory = 4 * GIB;
    private Firmware firmware = new Firmware(Firmware.Kind.BIOS, false, false);
    private GuestOs guest = new GuestOs(
            "rockylinux_64Guest", GuestOs.Family.LINUX, "Rocky Linux 9.4", null, "guestToolsRunning", List.of());
    private String note = "";

    SampleVm(String name, String target) {
        this.name = name;
        this.target = target;
        this.key = String.format("v-%08x", name.hashCode());
    }

    SampleVm size(int sockets, int cores, long memoryBytes) {
        cpu = new Cpu(sockets, cores, 1, "amd64");
        memory = memoryBytes;
        return this;
    }

    SampleVm efi(boolean secureBoot, boolean tpm) {
        firmware = new Firmware(Firmware.Kind.EFI, secureBoot, tpm);
        return this;
    }

    SampleVm guest(String id, GuestOs.Family family, String fullName) {
        guest = new GuestOs(id, family, fullName, null, "guestToolsRunning", List.of());
        return this;
    }

    SampleVm note(String text) {
        note = text;
        return this;
    }

    /** A disk whose image was opened; of its data the given share is compressed already. */
    SampleVm disk(long virtual, long data, boolean compressed) {
        int n = disks.size();
        long stored = compressed ? data * 2 / 5 : data;
        String container = compressed ? "vmdk streamOptimized" : "vmdk monolithicSparse";
        Disk disk = facts(n, virtual, stored + 3 * MIB, container);
        disks.add(disk);
        diskPlans.add(new DiskPlan(
                "d" + n,
                disk,
                "size=" + (stored + 3 * MIB),
                new ImageSummary(
                        "vmdk",
                        compressed ? "streamOptimized" : "monolithicSparse",
                        virtual,
                        data,
                        stored,
                        compressed ? data : 0,
                        65536),
                compressed ? "fast-local" : "",
                target + "-disk-" + n,
                compressed ? "open-local-lvm" : null,
                compressed ? "Block" : null,
                compressed ? "ReadWriteOnce" : null,
                "virtio",
                String.format("%08x%02d", name.hashCode(), n),
                n == 0 ? 1 : null,
                "qcow2",
                compressed ? BlockEncoding.DEFLATE : null,
                compressed
                        ? "pass-through: grains are zlib already and qcow2 clusters take the same deflate stream"
                        : "copy: the grains are not compressed, so they are written as they are",
                stored,
                stored + 2 * MIB));
        return this;
    }

    /** A disk whose image could not be opened. */
    SampleVm closedDisk(long virtual) {
        int n = disks.size();
        Disk disk = facts(n, virtual, null, "vmdk vmfsSparse");
        disks.add(disk);
        diskPlans.add(new DiskPlan(
                "d" + n,
                disk,
                "",
                null,
                "",
                target + "-disk-" + n,
                null,
                null,
                null,
                "virtio",
                null,
                n == 0 ? 1 : null,
                "qcow2",
                null,
                "",
                0,
                0));
        return this;
    }

    private Disk facts(int n, long virtual, @Nullable Long container, String format) {
        return new Disk(
                name + ".ova!" + name + "-disk" + (n + 1) + ".vmdk",
                "Hard disk " + (n + 1),
                virtual,
                null,
                container,
                format,
                "/srv/exports",
                new Disk.Attachment("scsi", "VirtualSCSI", 0, n),
                n == 0 ? 1 : null,
                null,
                Disk.Backing.IMAGE,
                "persistent",
                false,
                null);
    }

    SampleVm nic(String network, String rule, String driver, IpPolicy policy, @Nullable String address) {
        int n = nics.size();
        String mac = String.format(Locale.ROOT, "00:50:56:%02x:%02x:%02x", nicByte(16), nicByte(8), n);
        List<Address> addresses = address == null ? List.of() : List.of(new Address(address, 24));
        Nic nic = new Nic(
                "n" + n,
                "Network adapter " + (n + 1),
                "vmxnet3",
                mac,
                new Nic.Network(network, null, 120),
                true,
                160 + 32 * n,
                address == null
                        ? null
                        : new GuestInterface(
                                "ens" + (160 + 32 * n),
                                GuestInterface.Origin.STATIC,
                                addresses,
                                List.of("10.20.30.1"),
                                List.of("10.20.0.53"),
                                false));
        nics.add(nic);
        boolean mapped = !driver.isEmpty();
        nicPlans.add(new NicPlan(
                "n" + n,
                nic,
                rule,
                driver,
                mapped ? Map.of("network", network.toLowerCase(Locale.ROOT).replace(' ', '-')) : Map.of(),
                driver.equals("pod") ? "masquerade" : "bridge",
                "virtio",
                mapped && !driver.equals("pod") ? MacPolicy.KEEP : MacPolicy.GENERATE,
                mapped && !driver.equals("pod") ? mac : null,
                policy,
                policy == IpPolicy.KEEP || policy == IpPolicy.SET ? addresses : List.of(),
                true));
        return this;
    }

    private int nicByte(int shift) {
        return name.hashCode() * 0x9E3779B1 >> shift & 0xFF;
    }

    SampleVm finding(Finding finding) {
        findings.add(finding);
        return this;
    }

    SampleVm device(String kind, String label, String detail) {
        devices.add(new Device(kind, label, detail));
        return this;
    }

    SampleVm snapshot(String title) {
        snapshots.add(new Snapshot("snapshot-1", title, Instant.parse("2026-08-02T21:00:00Z"), true));
        return this;
    }

    VmPlan plan() {
        Vm vm = new Vm(
                new VmRef("exports", name + ".ova", name),
                new Identity(
                        String.format("4213%04x-7d1c-9f02-aa10-%012x", name.length(), name.hashCode() & 0xFFFFFFFFL),
                        null,
                        null),
                PowerState.UNKNOWN,
                false,
                guest,
                cpu,
                memory,
                firmware,
                "utc",
                disks,
                nics,
                devices,
                snapshots,
                new Placement("/srv/exports", null, null, null),
                Map.of(),
                Map.of(),
                note,
                List.of());
        boolean windows = guest.family() == GuestOs.Family.WINDOWS;
        TargetVm made = new TargetVm(
                target,
                "erp-prod",
                cpu,
                memory,
                firmware,
                vm.identity().biosUuid(),
                null,
                "q35",
                windows ? "Asia/Shanghai" : "utc",
                windows ? TargetVm.BOOT_SAFE : TargetVm.VIRTIO,
                false,
                Map.of(),
                Map.of());
        List<ObjectRef> objects = new ArrayList<>();
        if (!target.isEmpty()) {
            diskPlans.forEach(d -> objects.add(file(target + "/" + d.name() + ".qcow2")));
            diskPlans.forEach(
                    d -> objects.add(new ObjectRef("cdi.kubevirt.io/v1beta1", "DataVolume", "erp-prod", d.name())));
            objects.add(new ObjectRef("kubevirt.io/v1", "VirtualMachine", "erp-prod", target));
            objects.add(file(target + "/kustomization.yaml"));
        }
        return new VmPlan(key, vm, made, diskPlans, nicPlans, findings, objects);
    }

    private static ObjectRef file(String path) {
        return new ObjectRef("", "File", "", path);
    }
}
