package io.vmferry.vmware.files;

import static io.vmferry.vmware.files.Fixtures.Part;
import static io.vmferry.vmware.files.Fixtures.codes;
import static io.vmferry.vmware.files.Fixtures.failing;
import static io.vmferry.vmware.files.Fixtures.noise;
import static io.vmferry.vmware.files.Fixtures.single;
import static io.vmferry.vmware.files.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmxTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() {
        write(
                folder,
                Part.of("db.vmx", VmxText.db()),
                Part.of("db.vmdk", VmxText.flatDescriptor("db-flat.vmdk", 2048)),
                new Part("db-flat.vmdk", noise(2048 * 512, 31)));
    }

    private Vm describe() {
        return single(folder, "db.vmx");
    }

    private void change(String what, String instead) {
        assertThat(VmxText.db()).contains(what);
        write(folder, Part.of("db.vmx", VmxText.db().replace(what, instead)));
    }

    @Test
    void aConfigurationOfEsxi() {
        Vm vm = describe();
        assertThat(vm.name()).isEqualTo("db server");
        assertThat(vm.guest().id()).isEqualTo("rhel8-64");
        assertThat(vm.guest().family()).isEqualTo(GuestOs.Family.LINUX);
        assertThat(vm.cpu()).isEqualTo(new Cpu(2, 4, 1, "amd64"));
        assertThat(vm.memoryBytes()).isEqualTo(16L << 30);
        assertThat(vm.firmware()).isEqualTo(new Firmware(Firmware.Kind.EFI, true, true));
        assertThat(vm.power()).isEqualTo(PowerState.UNKNOWN);
        assertThat(vm.disks()).hasSize(1);
        Disk disk = vm.disks().get(0);
        assertThat(disk.key()).isEqualTo("db.vmdk");
        assertThat(disk.capacityBytes()).isEqualTo(1L << 20);
        assertThat(disk.format()).isEqualTo("vmdk vmfs");
        assertThat(disk.attachment()).isEqualTo(new Disk.Attachment("scsi", "pvscsi", 0, 0));
        assertThat(disk.mode()).isEqualTo("independent-persistent");
        assertThat(vm.nics())
                .containsExactly(
                        new Nic(
                                "eth0",
                                "Network adapter 1",
                                "vmxnet3",
                                "00:50:56:aa:bb:cc",
                                new Nic.Network("VM Network", null, null),
                                true,
                                192,
                                null),
                        new Nic(
                                "eth1",
                                "Network adapter 2",
                                "e1000e",
                                "00:50:56:00:00:07",
                                new Nic.Network("dvportgroup-77", "dvportgroup-77", null),
                                false,
                                null,
                                null));
        assertThat(vm.devices()).extracting(Device::kind).containsExactly("cdrom");
        assertThat(vm.annotation()).isEqualTo("line one\nline \"two\"");
        // Virtual hardware 19: the guest swaps the first three fields when it prints the UUID.
        assertThat(vm.identity().biosUuid()).isEqualTo("8a1f4d56-450c-2b77-9d11-223344556677");
        assertThat(vm.identity().serial()).isEqualTo("VMware-56 4d 1f 8a 0c 45 77 2b-9d 11 22 33 44 55 66 77");
        assertThat(vm.identity().instanceUuid()).isEqualTo("529f0001-0203-0405-0607-08090a0b0c0d");
        assertThat(vm.features()).containsEntry("ctkenabled", "TRUE").containsEntry("disk.enableuuid", "TRUE");
        assertThat(vm.toString()).doesNotContain("hunter2").doesNotContain("c2VjcmV0");
        assertThat(codes(vm)).containsExactly("files.nvram");
    }

    @Test
    void oldLinuxShowsTheUuidAsItLies() {
        change("virtualHW.version = \"19\"", "virtualHW.version = \"11\"");
        assertThat(describe().identity().biosUuid()).isEqualTo("564d1f8a-0c45-772b-9d11-223344556677");
    }

    @Test
    void theVersionOfADiskCoversItsExtents() throws IOException {
        try (SourceSession session = Fixtures.open(folder, "db.vmx")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            String before;
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                before = content.version();
                ((DiskContent.Container) content)
                        .siblings()
                        .open("db-flat.vmdk")
                        .close();
                content.verify();
            }
            Files.write(folder.resolve("db-flat.vmdk"), noise(4096 * 512, 32));
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                assertThat(content.version()).isNotEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/vmfs/volumes/ds1/db/db.vmdk", "../other/db.vmdk", "C:\\\\vms\\\\db.vmdk", "http://x/db.vmdk"})
    void disksOutsideTheFolderAreRefused(String name) {
        write(folder, Part.of("db.vmx", VmxText.db().replace("\"db.vmdk\"", "\"" + name + "\"")));
        failing(CommonError.NAME_NOT_CONFINED, this::describe);
    }

    @Test
    void aMissingDiskIsRefused() throws IOException {
        Files.delete(folder.resolve("db.vmdk"));
        assertThat(failing(CommonError.FILE_NOT_FOUND, this::describe).subject())
                .contains("db.vmdk");
    }

    @Test
    void namesInOtherEncodingsAreRead() {
        byte[] gbk =
                VmxText.db().replace("UTF-8", "GBK").replace("db server", "数据库").getBytes(Charset.forName("GBK"));
        write(folder, new Part("db.vmx", gbk));
        assertThat(describe().name()).isEqualTo("数据库");
        byte[] latin = VmxText.db()
                .replace("UTF-8", "windows-1252")
                .replace("db server", "Büro")
                .getBytes(Charset.forName("windows-1252"));
        write(folder, new Part("db.vmx", latin));
        assertThat(describe().name()).isEqualTo("Büro");
        change(".encoding = \"UTF-8\"", ".encoding = \"no-such-charset\"");
        assertThat(describe().name()).isEqualTo("db server");
    }

    @Test
    void encryptedVmsAreRefused() {
        change("memsize = \"16384\"", "memsize = \"16384\"\nencryption.keySafe = \"vmware:key/list/(pair/...)\"");
        failing(FilesError.VMX_ENCRYPTED, this::describe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memsize = \"lots\"",
                "memsize = \"-5\"",
                "memsize = \"0\"",
                "memsize = \"99999999999\"",
                "this is no line",
                "numvcpus = \"4\"",
                "\"x\" = \"y\"",
                "a = \"b\" c"
            })
    void nonsenseIsRefused(String line) {
        change("memsize = \"16384\"", line);
        failing(FilesError.VMX_MALFORMED, this::describe);
    }

    @Test
    void defaultsAreSaid() {
        write(
                folder,
                Part.of(
                        "db.vmx",
                        "displayName = \"tiny\"\nguestOS = \"other\"\nscsi0:0.present = TRUE\nscsi0:0.fileName = db.vmdk\n"));
        Vm vm = describe();
        assertThat(vm.cpu()).isEqualTo(new Cpu(1, 1, 1, "amd64"));
        assertThat(vm.memoryBytes()).isEqualTo(1L << 30);
        assertThat(vm.firmware().kind()).isEqualTo(Firmware.Kind.BIOS);
        assertThat(vm.guest().family()).isEqualTo(GuestOs.Family.UNKNOWN);
        assertThat(vm.disks()).hasSize(1);
        assertThat(codes(vm)).containsExactly("files.vmx.memory-missing");
    }

    @Test
    void disksComeInTheFirmwaresOrder() {
        write(
                folder,
                Part.of("b.vmdk", VmxText.flatDescriptor("b-flat.vmdk", 16)),
                new Part("b-flat.vmdk", noise(16 * 512, 1)),
                Part.of(
                        "db.vmx",
                        VmxText.db()
                                + "scsi0:10.present = \"TRUE\"\nscsi0:10.fileName = \"b.vmdk\"\n"
                                + "scsi0:2.present = \"TRUE\"\nscsi0:2.fileName = \"b.vmdk\"\nscsi0:2.sharing = \"multi-writer\"\n"));
        Vm vm = describe();
        assertThat(vm.disks()).extracting(d -> d.attachment().unit()).containsExactly(0, 2, 10);
        assertThat(vm.disks()).extracting(Disk::shared).containsExactly(false, true, false);
    }

    @Test
    void snapshotsAndDeltasAreSaid() {
        write(
                folder,
                Part.of("db-000001.vmdk", VmxText.delta("db-000001-sesparse.vmdk", 2048, "db.vmdk")),
                new Part("db-000001-sesparse.vmdk", noise(4096, 3)),
                Part.of("db.vmx", VmxText.db().replace("\"db.vmdk\"", "\"db-000001.vmdk\"")),
                Part.of("db.vmsd", """
                        .encoding = "UTF-8"
                        snapshot.lastUID = "2"
                        snapshot.current = "2"
                        snapshot0.uid = "2"
                        snapshot0.filename = "db-Snapshot2.vmsn"
                        snapshot0.displayName = "before upgrade"
                        snapshot0.createTimeHigh = "398640"
                        snapshot0.createTimeLow = "-1325113472"
                        snapshot0.numDisks = "1"
                        snapshot.numSnapshots = "1"
                        """));
        Vm vm = describe();
        assertThat(codes(vm)).contains("files.snapshot-delta");
        assertThat(vm.snapshots()).hasSize(1);
        assertThat(vm.snapshots().get(0).name()).isEqualTo("before upgrade");
        assertThat(vm.snapshots().get(0).current()).isTrue();
        assertThat(vm.snapshots().get(0).created())
                .isBetween(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"));
        // Its parent and all extents decide about its version.
        assertThat(vm.disks().get(0).containerBytes()).isGreaterThan(2048 * 512 + 4096);
    }

    @Test
    void aLockIsSaid() throws IOException {
        Files.createDirectory(folder.resolve("db.vmx.lck"));
        assertThat(codes(describe())).contains("files.vmx.in-use");
    }
}
