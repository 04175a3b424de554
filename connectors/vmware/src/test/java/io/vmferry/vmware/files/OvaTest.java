package io.vmferry.vmware.files;

import static io.vmferry.vmware.files.Fixtures.Part;
import static io.vmferry.vmware.files.Fixtures.codes;
import static io.vmferry.vmware.files.Fixtures.failing;
import static io.vmferry.vmware.files.Fixtures.manifest;
import static io.vmferry.vmware.files.Fixtures.noise;
import static io.vmferry.vmware.files.Fixtures.ovf;
import static io.vmferry.vmware.files.Fixtures.sample;
import static io.vmferry.vmware.files.Fixtures.single;
import static io.vmferry.vmware.files.Fixtures.tar;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OvaTest {
    @TempDir
    Path folder;

    private final Part disk1 = new Part("web01-disk1.vmdk", noise(200_000, 11));
    private final Part disk2 = new Part("web01-disk2.vmdk", noise(1_000, 12));
    private final Part descriptor = Part.of("web01.ovf", sample("web01", disk1, disk2));
    private final Part mf = manifest("web01.mf", "SHA-256", descriptor, disk1, disk2);

    private Vm describe() {
        return single(folder, "web01.ova");
    }

    private void pack(Part... parts) {
        tar(folder.resolve("web01.ova"), parts);
    }

    private byte[] content(SourceSession session, Vm vm, int disk, boolean verify) {
        try (DiskContent content = session.openDisk(vm, vm.disks().get(disk), ReadPoint.CURRENT)) {
            ByteSource bytes = ((DiskContent.Container) content).bytes();
            ByteBuffer all = ByteBuffer.allocate((int) bytes.size());
            bytes.read(0, all);
            if (verify) {
                content.verify();
            }
            return all.array();
        }
    }

    @Test
    void disksAreReadInPlace() {
        pack(descriptor, mf, disk1, disk2);
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            assertThat(vm.name()).isEqualTo("web01");
            assertThat(vm.notices()).isEmpty();
            assertThat(vm.disks())
                    .extracting(d -> d.key())
                    .containsExactly("web01.ova!web01-disk1.vmdk", "web01.ova!web01-disk2.vmdk");
            assertThat(vm.disks()).extracting(d -> d.containerBytes()).containsExactly(200_000L, 1_000L);
            assertThat(content(session, vm, 0, true)).isEqualTo(disk1.content());
            assertThat(content(session, vm, 1, true)).isEqualTo(disk2.content());
        }
    }

    @Test
    void otherMembersCanBeOpenedAsSiblingsButNothingElse() {
        pack(descriptor, mf, disk1, disk2);
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                DiskContent.Container container = (DiskContent.Container) content;
                try (ByteSource sibling = container.siblings().open("web01-disk2.vmdk")) {
                    assertThat(sibling.size()).isEqualTo(1_000);
                }
                failing(CommonError.FILE_NOT_FOUND, () -> container.siblings().open("other.vmdk"));
                failing(
                        CommonError.NAME_NOT_CONFINED,
                        () -> container.siblings().open("../web01.ova"));
                failing(
                        CommonError.NAME_NOT_CONFINED,
                        () -> container.siblings().open("/etc/passwd"));
            }
        }
    }

    @Test
    void aDamagedDiskIsFoundByItsManifestOnlyWhenItWasRead() {
        byte[] damaged = disk1.content().clone();
        damaged[77_777] ^= 0x10;
        pack(descriptor, mf, new Part(disk1.name(), damaged), disk2);
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            VmferryException e = failing(FilesError.MANIFEST_MISMATCH, () -> content(session, vm, 0, true));
            assertThat(e.subject()).isEqualTo("web01-disk1.vmdk");
            assertThat(e.reason())
                    .contains(Fixtures.hex("SHA-256", damaged))
                    .contains(Fixtures.hex("SHA-256", disk1.content()));
            content(session, vm, 1, true);
        }
    }

    @Test
    void aDamagedSiblingIsFoundAsWell() {
        byte[] damaged = disk2.content().clone();
        damaged[1] ^= 1;
        pack(descriptor, mf, disk1, new Part(disk2.name(), damaged));
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                ((DiskContent.Container) content)
                        .siblings()
                        .open("web01-disk2.vmdk")
                        .close();
                failing(FilesError.MANIFEST_MISMATCH, content::verify);
            }
        }
    }

    @Test
    void aChangedDescriptorIsRefusedAtOnce() {
        pack(Part.of("web01.ovf", sample("web02", disk1, disk2)), mf, disk1, disk2);
        failing(FilesError.MANIFEST_MISMATCH, this::describe);
    }

    @Test
    void theVersionTellsAChange() throws IOException {
        pack(descriptor, mf, disk1, disk2);
        Path ova = folder.resolve("web01.ova");
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            String before;
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                before = content.version();
                assertThat(before).contains("length=200000").contains("offset=");
                Files.setLastModifiedTime(ova, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
                failing(FilesError.SOURCE_CHANGED, content::verify);
            }
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                assertThat(content.version()).isNotEqualTo(before).contains("2020-02-02T02:02:02Z");
            }
            pack(descriptor, mf, disk2, disk1);
            assertThat(content(session, vm, 0, true)).isEqualTo(disk1.content());
        }
    }

    @Test
    void whatIsMissingOrTooMuchIsNoticed() {
        pack(descriptor, disk1, disk2);
        assertThat(codes(describe())).containsExactly("files.manifest-missing");
        pack(descriptor, manifest("web01.mf", "SHA-1", descriptor, disk1), disk1, disk2, Part.of("readme.txt", "hi"));
        assertThat(codes(describe())).containsExactly("files.manifest-incomplete", "files.ova-extra");
        pack(disk1, descriptor, mf, Part.of("web01.cert", "SHA256(web01.mf)= 00"), disk2);
        assertThat(codes(describe())).containsExactly("files.ova-order", "files.certificate");
        pack(
                descriptor,
                manifest("web01.mf", "SHA-1", descriptor, disk1, disk2, Part.of("gone.iso", "")),
                disk1,
                disk2);
        assertThat(codes(describe())).containsExactly("files.manifest-extra");
    }

    @Test
    void aMissingDiskIsAnError() {
        pack(descriptor, mf, disk1);
        VmferryException e = failing(FilesError.OVF_FILE_MISSING, this::describe);
        assertThat(e.reason()).contains("web01-disk2.vmdk");
    }

    @Test
    void aDiskThatIsTooShortIsAnErrorAndTooLongIsNoticed() {
        pack(descriptor, disk1, new Part(disk2.name(), noise(999, 1)));
        assertThat(failing(FilesError.OVF_FILE_SIZE, this::describe).reason())
                .contains("999")
                .contains("1000");
        pack(descriptor, disk1, new Part(disk2.name(), noise(1001, 1)));
        assertThat(codes(describe())).contains("files.ovf.file-size");
    }

    @Test
    void aTruncatedArchiveIsAnErrorWhereverItWasCut() throws IOException {
        pack(descriptor, mf, disk1, disk2);
        Path ova = folder.resolve("web01.ova");
        byte[] whole = Files.readAllBytes(ova);
        // Behind the last member, padded to a record, comes the end mark.
        int end = whole.length;
        while (whole[end - 1] == 0) {
            end--;
        }
        int lastRecord = (end + 511) / 512 * 512;
        for (int cut : List.of(
                511,
                512,
                700,
                2_000,
                20_000,
                150_000,
                lastRecord - 600,
                lastRecord - 1,
                lastRecord,
                lastRecord + 100)) {
            Files.write(ova, java.util.Arrays.copyOf(whole, cut));
            VmferryException e =
                    failing(cut < 512 ? FilesError.OVA_NOT_A_TAR : FilesError.OVA_TRUNCATED, this::describe);
            assertThat(e.subject()).isEqualTo("web01.ova");
        }
        Files.write(ova, java.util.Arrays.copyOf(whole, lastRecord + 512));
        assertThat(describe().disks()).hasSize(2);
    }

    @Test
    void whatIsNoTarIsRefused() throws IOException {
        Path ova = folder.resolve("web01.ova");
        for (byte[] content :
                List.of(new byte[0], "hello".getBytes(StandardCharsets.UTF_8), noise(10_000, 5), new byte[1024])) {
            Files.write(ova, content);
            failing(FilesError.OVA_NOT_A_TAR, this::describe);
        }
        byte[] gzip = noise(2000, 5);
        gzip[0] = 0x1f;
        gzip[1] = (byte) 0x8b;
        Files.write(ova, gzip);
        assertThat(failing(FilesError.OVA_NOT_A_TAR, this::describe).reason()).contains("gzip");
    }

    @Test
    void aWrongHeaderChecksumIsRefused() throws IOException {
        pack(descriptor, mf, disk1, disk2);
        Path ova = folder.resolve("web01.ova");
        byte[] bytes = Files.readAllBytes(ova);
        int second = 512 + (descriptor.content().length + 511) / 512 * 512;
        bytes[second] ^= 1;
        Files.write(ova, bytes);
        failing(FilesError.OVA_DAMAGED, this::describe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/cron.d/x",
                "/etc/passwd",
                "a/../../x",
                "C:\\windows\\x",
                "..\\x",
                "..",
                "tab\there",
                "line\nfeed"
            })
    void namesThatLeaveTheArchiveAreRefused(String name) {
        pack(descriptor, mf, disk1, disk2, Part.of(name, "x"));
        failing(CommonError.NAME_NOT_CONFINED, this::describe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.vmdk", "/etc/shadow", "http://example.org/disk.vmdk", "C:/disk.vmdk"})
    void referencesThatLeaveThePackageAreRefused(String href) {
        pack(Part.of("web01.ovf", sample("web01", new Part(href, new byte[10]))));
        failing(CommonError.NAME_NOT_CONFINED, this::describe);
    }

    @Test
    void twoMembersOfOneNameAreRefused() {
        pack(descriptor, mf, disk1, disk2, new Part("./" + disk1.name(), noise(10, 1)));
        assertThat(failing(FilesError.OVA_DUPLICATE_NAME, this::describe).reason())
                .contains("web01-disk1.vmdk");
    }

    @Test
    void anArchiveWithoutDescriptorIsRefused() {
        pack(disk1);
        failing(FilesError.OVA_WITHOUT_OVF, this::describe);
    }

    @Test
    void anArchiveOfOvirtIsRefusedForNow() {
        byte[] pad = new byte[100];
        pack(
                Part.of("vm.ovf", ovf("ovirt.ovf")),
                new Part("pad", pad),
                new Part("9b1f2c04-0c5a-4b8e-9f8e-3d2b1a0c9d8e", noise(196_608, 1)),
                new Part("pad", pad));
        assertThat(failing(FilesError.OVF_FROM_OVIRT, this::describe).reason()).contains("cannot read yet");
    }

    @Test
    void severalDescriptorsAreSeveralVms() {
        Part other = Part.of("b.ovf", sample("second", disk2));
        pack(Part.of("a.ovf", sample("first", disk1)), other, disk1, disk2);
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            List<VmRef> refs = Fixtures.refs(session);
            assertThat(refs).extracting(VmRef::name).containsExactly("first", "second");
            assertThat(refs).extracting(VmRef::key).containsExactly("web01.ova#a/first", "web01.ova#b/second");
            Vm second = session.describe(refs.get(1));
            assertThat(content(session, second, 0, true)).isEqualTo(disk2.content());
        }
    }

    @Test
    void aBrokenArchiveIsListedAndSaysWhyWhenDescribed() throws IOException {
        Files.write(folder.resolve("broken.ova"), noise(2_000, 3));
        pack(descriptor, mf, disk1, disk2);
        try (SourceSession session = Fixtures.open(folder, ".")) {
            List<VmRef> refs = Fixtures.refs(session);
            assertThat(refs).extracting(VmRef::name).containsExactly("broken", "web01");
            failing(FilesError.OVA_NOT_A_TAR, () -> session.describe(refs.get(0)));
            assertThat(session.describe(refs.get(1)).disks()).hasSize(2);
        }
    }

    /** More than 8 GiB, the most that a size in octal digits can say; sparse, so that it costs nothing. */
    @Test
    void sizesInBaseTwoAreRead() throws IOException {
        long size = 9L << 30;
        String text =
                new SampleOvf("big", List.of(new SampleOvf.SampleDisk("big.vmdk", size, size, size)), List.of()).text();
        Path ova = folder.resolve("web01.ova");
        pack(Part.of("web01.ovf", text), Part.of("big.vmdk", ""));
        try (FileChannel file = FileChannel.open(ova, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long blocks = (text.getBytes(StandardCharsets.UTF_8).length + 511) / 512;
            long header = 512L + blocks * 512L;
            ByteBuffer record = ByteBuffer.allocate(512);
            file.read(record, header);
            record.putInt(124, 0x80000000).putLong(128, size);
            // Checksum: the sum of all bytes with the field itself as blanks (POSIX ustar).
            for (int i = 148; i < 156; i++) {
                record.put(i, (byte) ' ');
            }
            int sum = 0;
            for (byte b : record.array()) {
                sum += b & 0xff;
            }
            record.put(148, "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII));
            file.write(record.clear(), header);
            file.write(ByteBuffer.wrap("END".getBytes(StandardCharsets.US_ASCII)), header + 512 + size - 3);
            file.write(ByteBuffer.allocate(1024), header + 512 + size);
        }
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            assertThat(vm.disks().get(0).containerBytes()).isEqualTo(size);
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                ByteBuffer tail = ByteBuffer.allocate(10);
                assertThat(((DiskContent.Container) content).bytes().read(size - 3, tail))
                        .isEqualTo(3);
                assertThat(new String(tail.array(), 0, 3, StandardCharsets.US_ASCII))
                        .isEqualTo("END");
            }
        }
    }
}
