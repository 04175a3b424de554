package io.vmferry.vmware.files;

import static io.vmferry.vmware.files.Fixtures.failing;
import static io.vmferry.vmware.files.Fixtures.noise;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.vmware.files.OvaWriter.Member;
import io.vmferry.vmware.files.SampleOvf.Card;
import io.vmferry.vmware.files.SampleOvf.SampleDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OvaWriterTest {
    @TempDir
    Path folder;

    private Path write(String name) throws IOException {
        Path a = Files.write(folder.resolve("a"), noise(70_000, 1));
        Path b = Files.write(folder.resolve("b"), noise(10, 2));
        String ovf = new SampleOvf(
                        "web01",
                        List.of(
                                new SampleDisk("web01-disk1.vmdk", 70_000, 1L << 30, 70_000),
                                new SampleDisk("web01-disk2.vmdk", 10, 2L << 30, 10)),
                        List.of(new Card("VM Network", ""), new Card("Storage", "00:50:56:00:00:01")))
                .text();
        Path ova = folder.resolve(name);
        OvaWriter.write(
                ova, "web01", ovf, List.of(new Member("web01-disk1.vmdk", a), new Member("web01-disk2.vmdk", b)));
        return ova;
    }

    @Test
    void whatIsWrittenCanBeReadAndProven() throws IOException {
        write("web01.ova");
        try (SourceSession session = Fixtures.open(folder, "web01.ova")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            assertThat(vm.notices()).isEmpty();
            assertThat(vm.disks()).hasSize(2);
            assertThat(vm.nics()).hasSize(2);
            for (var disk : vm.disks()) {
                try (DiskContent content = session.openDisk(vm, disk, ReadPoint.CURRENT)) {
                    content.verify();
                }
            }
        }
    }

    @Test
    void theDescriptorComesFirstAndThenTheManifest() throws IOException {
        try (TarFile tar = new TarFile(write("web01.ova"))) {
            assertThat(tar.getEntries())
                    .extracting(TarArchiveEntry::getName)
                    .containsExactly("web01.ovf", "web01.mf", "web01-disk1.vmdk", "web01-disk2.vmdk");
        }
    }

    @Test
    void theSameContentGivesTheSameBytesAndNothingElseIsLeft() throws IOException {
        assertThat(write("one.ova")).hasSameBinaryContentAs(write("two.ova"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("a", "b", "one.ova", "two.ova");
        }
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        failing(
                CommonError.FILE_UNWRITABLE,
                () -> OvaWriter.write(folder.resolve("no/such/x.ova"), "x", "<Envelope/>", List.of()));
    }
}
