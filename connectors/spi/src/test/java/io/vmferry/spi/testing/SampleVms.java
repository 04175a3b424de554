package io.vmferry.spi.testing;

import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** VMs for tests of every module: small, plausible, complete. */
public final class SampleVms {
    private SampleVms() {}

    /** A Linux VM with EFI, two SCSI disks and one vmxnet3 card with a static address. */
    public static Vm linux(String name) {
        return vm(
                name,
                new GuestOs("ubuntu64Guest", GuestOs.Family.LINUX, "Ubuntu Linux (64-bit)", name, "running", List.of()),
                new Firmware(Firmware.Kind.EFI, false, false),
                List.of(disk(0, 8L << 30), disk(1, 20L << 30)),
                List.of(nic(0, "VM Network", "00:50:56:aa:bb:01", "192.168.56.21")));
    }

    /** A Windows VM with secure boot, a TPM, one SATA disk and one e1000e card. */
    public static Vm windows(String name) {
        return vm(
                name,
                new GuestOs(
                        "windows2019srv_64Guest",
                        GuestOs.Family.WINDOWS,
                        "Microsoft Windows Server 2019 (64-bit)",
                        null,
                        null,
                        List.of()),
                new Firmware(Firmware.Kind.EFI, true, true),
                List.of(new Disk(
                        name + "-disk1.vmdk",
                        "Hard disk 1",
                        40L << 30,
                        null,
                        null,
                        "vmdk",
                        "datastore1",
                        new Disk.Attachment("sata", "vmware.sata.ahci", 0, 0),
                        1,
                        null,
                        Disk.Backing.IMAGE,
                        "",
                        false,
                        null)),
                List.of(new Nic(
                        "eth0",
                        "Network adapter 1",
                        "e1000e",
                        "00:50:56:aa:bb:02",
                        new Nic.Network("Office", null, null),
                        true,
                        null,
                        null)));
    }

    public static Vm vm(String name, GuestOs guest, Firmware firmware, List<Disk> disks, List<Nic> nics) {
        return new Vm(
                new VmRef("sample", name, name),
                new Identity(
                        "42173d21-7b1e-2b9a-8c11-0123456789ab",
                        "VMware-42 17 3d 21 7b 1e 2b 9a-8c 11 01 23 45 67 89 ab",
                        null),
                PowerState.OFF,
                false,
                guest,
                new Cpu(2, 2, 1, "amd64"),
                4096L << 20,
                firmware,
                null,
                disks,
                nics,
                List.of(),
                List.of(),
                new Placement("/dc1/vm", null, null, null),
                Map.of(),
                Map.of(),
                "",
                List.of());
    }

    public static Disk disk(int number, long capacityBytes) {
        return new Disk(
                "disk" + number + ".vmdk",
                "Hard disk " + (number + 1),
                capacityBytes,
                null,
                null,
                "vmdk streamOptimized",
                "datastore1",
                new Disk.Attachment("scsi", "lsilogic", 0, number),
                number == 0 ? 1 : null,
                null,
                Disk.Backing.IMAGE,
                "",
                false,
                null);
    }

    public static Nic nic(int number, String network, String mac, @Nullable String ip) {
        return new Nic(
                "eth" + number,
                "Network adapter " + (number + 1),
                "vmxnet3",
                mac,
                new Nic.Network(network, null, null),
                true,
                null,
                ip == null
                        ? null
                        : new GuestInterface(
                                "ens192",
                                GuestInterface.Origin.STATIC,
                                List.of(new GuestInterface.Address(ip, 24)),
                                List.of("192.168.56.1"),
                                List.of("192.168.56.2"),
                                false));
    }
}
