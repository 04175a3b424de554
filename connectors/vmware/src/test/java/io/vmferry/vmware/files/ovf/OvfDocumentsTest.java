package io.vmferry.vmware.files.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.vmware.files.Fixtures;
import io.vmferry.vmware.files.SampleOvf;
import io.vmferry.vmware.files.SampleOvf.Card;
import io.vmferry.vmware.files.SampleOvf.SampleDisk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What real exporters write, read as facts. */
class OvfDocumentsTest {
    static Vm vm(String text) {
        OvfDocument document = OvfReader.read("test.ovf", text.getBytes(StandardCharsets.UTF_8));
        return new VmwareDialect(
                        document,
                        document.systems().get(0),
                        new VmRef("s", "k", document.systems().get(0).name()),
                        (disk, times) -> new DiskLocator.Located(disk.id() + "#" + times, 1L, "vmdk"))
                .vm(new Placement("folder", null, null, null), List::of);
    }

    @Test
    void linuxWithEfiAndTwoDisks() {
        Vm vm = vm(new SampleOvf(
                        "web & <co>",
                        List.of(
                                new SampleDisk("a.vmdk", 10, 8L << 30, 5),
                                new SampleDisk("b.vmdk", 20, (20L << 30) + 512, 6)),
                        List.of(new Card("VM Network", "00:50:56:AA:00:01"), new Card("Storage \"B\"", "")))
                .text());
        assertThat(vm.name()).isEqualTo("web & <co>");
        assertThat(vm.power()).isEqualTo(PowerState.UNKNOWN);
        assertThat(vm.guest().id()).isEqualTo("ubuntu64Guest");
        assertThat(vm.guest().family()).isEqualTo(GuestOs.Family.LINUX);
        assertThat(vm.guest().fullName()).isEqualTo("Ubuntu Linux (64-bit)");
        assertThat(vm.cpu()).isEqualTo(new Cpu(2, 2, 1, "amd64"));
        assertThat(vm.memoryBytes()).isEqualTo(4096L << 20);
        assertThat(vm.firmware()).isEqualTo(new Firmware(Firmware.Kind.EFI, false, false));
        assertThat(vm.disks()).extracting(Disk::label).containsExactly("Hard disk 1", "Hard disk 2");
        assertThat(vm.disks()).extracting(Disk::capacityBytes).containsExactly(8L << 30, (20L << 30) + 512);
        assertThat(vm.disks()).extracting(Disk::usedBytes).containsExactly(5L, 6L);
        assertThat(vm.disks()).extracting(Disk::bootOrder).containsExactly(1, null);
        assertThat(vm.disks())
                .extracting(Disk::attachment)
                .containsExactly(
                        new Disk.Attachment("scsi", "VirtualSCSI", 0, 0),
                        new Disk.Attachment("scsi", "VirtualSCSI", 0, 1));
        assertThat(vm.nics())
                .containsExactly(
                        new Nic(
                                "eth0",
                                "Network adapter 1",
                                "vmxnet3",
                                "00:50:56:aa:00:01",
                                new Nic.Network("VM Network", null, null),
                                true,
                                192,
                                null),
                        new Nic(
                                "eth1",
                                "Network adapter 2",
                                "vmxnet3",
                                null,
                                new Nic.Network("Storage \"B\"", null, null),
                                true,
                                224,
                                null));
        assertThat(vm.devices()).extracting(Device::kind).containsExactly("cdrom");
        assertThat(vm.features()).containsEntry("cpuHotAddEnabled", "true").containsEntry("virtualHardware", "vmx-19");
        assertThat(vm.annotation()).isEqualTo("Made by vmferry as a sample");
        assertThat(vm.notices()).isEmpty();
    }

    @Test
    void windowsWithSecureBootAndTpm() {
        Vm vm = vm(Fixtures.ovf("windows-secure-boot.ovf"));
        assertThat(vm.name()).isEqualTo("WIN 2022 财务");
        assertThat(vm.guest().family()).isEqualTo(GuestOs.Family.WINDOWS);
        assertThat(vm.cpu()).isEqualTo(new Cpu(2, 4, 1, "amd64"));
        assertThat(vm.memoryBytes()).isEqualTo(16L << 30);
        assertThat(vm.firmware()).isEqualTo(new Firmware(Firmware.Kind.EFI, true, true));
        Disk disk = vm.disks().get(0);
        assertThat(disk.capacityBytes()).isEqualTo(90L << 30);
        assertThat(disk.usedBytes()).isEqualTo(15032385536L);
        assertThat(disk.mode()).isEqualTo("independent_persistent");
        assertThat(disk.attachment()).isEqualTo(new Disk.Attachment("nvme", "vmware.nvme.controller", 0, 0));
        assertThat(disk.bootOrder()).isNull();
        Nic nic = vm.nics().get(0);
        assertThat(nic.model()).isEqualTo("e1000e");
        assertThat(nic.network().name()).isEqualTo("dvs-prod / VLAN 120");
        assertThat(nic.connected()).isFalse();
        assertThat(nic.mac()).isNull();
        assertThat(vm.devices()).extracting(Device::kind).containsExactly("usb", "other");
        assertThat(vm.features())
                .containsEntry("storagePolicy", "Gold & mirrored")
                .containsEntry("flags.vbsEnabled", "true");
        assertThat(vm.annotation()).isEqualTo("Owner: finance\nDo not switch off before 18:00");
        assertThat(Fixtures.codes(vm)).containsExactly("files.nvram");
    }

    @Test
    void secretsStayWhereTheyAre() {
        assertThat(vm(Fixtures.ovf("windows-secure-boot.ovf")).toString()).doesNotContain("hunter2");
        assertThat(vm(Fixtures.ovf("legacy-bios.ovf")).toString())
                .doesNotContain("s3cret")
                .doesNotContain("192.0.2.7");
    }

    @Test
    void legacyBiosWithMixedControllersAndSizes() {
        Vm vm = vm(Fixtures.ovf("legacy-bios.ovf"));
        assertThat(vm.name()).isEqualTo("legacy");
        assertThat(vm.firmware()).isEqualTo(new Firmware(Firmware.Kind.BIOS, false, false));
        assertThat(vm.cpu()).isEqualTo(new Cpu(2, 1, 1, "amd64"));
        assertThat(vm.memoryBytes()).isEqualTo(512L << 20);
        assertThat(vm.disks()).extracting(Disk::label).containsExactly("Hard disk 1", "Hard disk 2", "Hard disk 3");
        assertThat(vm.disks())
                .extracting(Disk::attachment)
                .containsExactly(
                        new Disk.Attachment("ide", "", 0, 0),
                        new Disk.Attachment("scsi", "lsilogic", 0, 1),
                        new Disk.Attachment("scsi", "lsilogic", 0, 2));
        assertThat(vm.disks()).extracting(Disk::capacityBytes).containsExactly(20L << 30, 10L << 30, 1L << 30);
        assertThat(vm.nics()).extracting(Nic::model).containsExactly("pcnet32", "e1000");
        assertThat(vm.nics()).extracting(Nic::mac).containsExactly("00:50:56:aa:bb:0c", null);
        assertThat(vm.devices()).extracting(Device::kind).containsExactly("cdrom", "floppy");
        assertThat(vm.features())
                .containsEntry("product", "Example GmbH Legacy CRM 1.2.3")
                .containsEntry("disk.EnableUUID", "TRUE");
        assertThat(Fixtures.codes(vm))
                .containsExactlyInAnyOrder(
                        "files.ovf.configuration",
                        "files.ovf.network-undeclared",
                        "files.ovf.properties",
                        "files.ovf.unknown-section");
    }

    @Test
    void ovfTwoAsVirtualBoxWritesIt() {
        Vm vm = vm(Fixtures.ovf("virtualbox-2.0.ovf"));
        assertThat(vm.name()).isEqualTo("box");
        assertThat(vm.guest().family()).isEqualTo(GuestOs.Family.LINUX);
        assertThat(vm.cpu()).isEqualTo(new Cpu(2, 1, 1, "amd64"));
        assertThat(vm.memoryBytes()).isEqualTo(1L << 30);
        assertThat(vm.disks().get(0).attachment()).isEqualTo(new Disk.Attachment("sata", "AHCI", 0, 0));
        assertThat(vm.disks().get(0).label()).isEqualTo("disk1");
        assertThat(vm.disks().get(0).capacityBytes()).isEqualTo(8L << 30);
        assertThat(vm.nics().get(0).network().name()).isEqualTo("NAT");
        assertThat(vm.devices()).extracting(Device::kind).containsExactly("sound");
        assertThat(Fixtures.codes(vm)).containsExactly("files.ovf.firmware-default");
    }

    @Test
    void armGuestsAreArm() {
        String text = Fixtures.ovf("legacy-bios.ovf").replace("rhel6Guest", "armUbuntu64Guest");
        assertThat(vm(text).cpu().architecture()).isEqualTo("arm64");
        assertThat(vm(text).guest().family()).isEqualTo(GuestOs.Family.LINUX);
    }

    @Test
    void everySystemOfACollectionIsRead() {
        String one = Fixtures.ovf("legacy-bios.ovf");
        int start = one.indexOf("  <VirtualSystem ");
        int end = one.indexOf("</VirtualSystem>") + "</VirtualSystem>".length();
        String system = one.substring(start, end);
        String two = one.substring(0, start) + "<VirtualSystemCollection ovf:id=\"app\"><Info/>"
                + "<StartupSection><Info/></StartupSection>" + system
                + system.replace("ovf:id=\"legacy\"", "ovf:id=\"second\"") + "</VirtualSystemCollection></Envelope>";
        OvfDocument document = OvfReader.read("test.ovf", two.getBytes(StandardCharsets.UTF_8));
        assertThat(document.systems()).extracting(s -> s.id()).containsExactly("legacy", "second");
        assertThat(document.notices()).extracting(n -> n.code()).containsExactly("files.ovf.startup-order");
    }
}
