package io.vmferry.kubevirt;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.testing.SampleVms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans as the rules would make them of the sample VMs. */
public final class SamplePlans {
    private SamplePlans() {}

    /** EFI, two virtio disks, one virtio card on a Multus network. */
    public static VmPlan linux(String name) {
        Vm vm = SampleVms.linux(name);
        return plan(
                vm,
                target(vm, "VMware-42-17-3d-21", "utc", TargetVm.VIRTIO),
                List.of(disk(vm, 0, "virtio"), disk(vm, 1, "virtio")),
                List.of(multus(vm.nics().get(0), "virtio")));
    }

    /** The same VM for a guest without virtio drivers: SATA disks, an e1000e card. */
    public static VmPlan bootSafe(String name) {
        Vm vm = SampleVms.linux(name);
        return plan(
                vm,
                target(vm, null, "utc", TargetVm.BOOT_SAFE),
                List.of(disk(vm, 0, "sata"), disk(vm, 1, "sata")),
                List.of(multus(vm.nics().get(0), "e1000e")));
    }

    /** EFI with secure boot and TPM, one SATA disk, one e1000e card on hybridnet whose address is to be kept. */
    public static VmPlan windows(String name) {
        Vm vm = SampleVms.windows(name);
        NicPlan nic = new NicPlan(
                "n0",
                vm.nics().get(0),
                "office",
                "hybridnet",
                Map.of("network", "vlan56", "subnet", "vmip-192-168-56-22"),
                "bridge",
                "e1000e",
                NicPlan.MacPolicy.KEEP,
                vm.nics().get(0).mac(),
                NicPlan.IpPolicy.KEEP,
                List.of(new GuestInterface.Address("192.168.56.22", 24)),
                true);
        return plan(vm, target(vm, null, "Asia/Shanghai", TargetVm.VIRTIO), List.of(disk(vm, 0, "sata")), List.of(nic));
    }

    public static VmPlan plan(Vm vm, TargetVm target, List<DiskPlan> disks, List<NicPlan> nics) {
        return new VmPlan(key(vm.name()), vm, target, disks, nics, List.of(), List.of());
    }

    public static String key(String name) {
        return String.format("v-%08x", name.hashCode());
    }

    public static TargetVm target(Vm vm, @Nullable String serial, String clock, String profile) {
        return new TargetVm(
                vm.name(),
                "imported",
                vm.cpu(),
                vm.memoryBytes(),
                vm.firmware(),
                vm.identity().biosUuid(),
                serial,
                "q35",
                clock,
                profile,
                false,
                Map.of(),
                Map.of());
    }

    public static DiskPlan disk(Vm vm, int number, String bus) {
        Disk disk = vm.disks().get(number);
        return new DiskPlan(
                "d" + number,
                disk,
                "sha256:" + number,
                null,
                "fast",
                vm.name() + "-disk" + number,
                number == 0 ? null : "fast-ssd",
                number == 0 ? null : "Block",
                number == 0 ? null : "ReadWriteOnce",
                bus,
                number == 0 ? null : "6000c29a0b1c2d3e",
                number == 0 ? 1 : null,
                "qcow2",
                BlockEncoding.DEFLATE,
                "pass-through: deflate blocks go as they are",
                1000,
                1000);
    }

    public static NicPlan multus(Nic nic, String model) {
        return new NicPlan(
                "n0",
                nic,
                "vm-network",
                "multus",
                Map.of("namespace", "networks", "name", "vlan56"),
                "bridge",
                model,
                NicPlan.MacPolicy.KEEP,
                nic.mac(),
                NicPlan.IpPolicy.GUEST,
                List.of(),
                true);
    }

    public static DiskPlan withVersion(DiskPlan disk, String version) {
        return with(disk, version, disk.name(), disk.bus(), disk.serial(), disk.bootOrder(), disk.format());
    }

    public static DiskPlan with(
            DiskPlan disk,
            String version,
            String name,
            String bus,
            @Nullable String serial,
            @Nullable Integer bootOrder,
            String format) {
        return new DiskPlan(
                disk.key(),
                disk.disk(),
                version,
                disk.image(),
                disk.rule(),
                name,
                disk.storageClass(),
                disk.volumeMode(),
                disk.accessMode(),
                bus,
                serial,
                bootOrder,
                format,
                format.equals("raw") ? null : disk.encoding(),
                disk.path(),
                disk.bytesToRead(),
                disk.bytesToWrite());
    }

    /** The plan with another first disk. */
    public static VmPlan firstDisk(VmPlan vm, DiskPlan disk) {
        List<DiskPlan> disks = new ArrayList<>(vm.disks());
        disks.set(0, disk);
        return vm.withDisks(disks);
    }
}
