package io.vmferry.vmware.files;

import static io.vmferry.vmware.files.Fixtures.Part;
import static io.vmferry.vmware.files.Fixtures.codes;
import static io.vmferry.vmware.files.Fixtures.failing;
import static io.vmferry.vmware.files.Fixtures.manifest;
import static io.vmferry.vmware.files.Fixtures.noise;
import static io.vmferry.vmware.files.Fixtures.sample;
import static io.vmferry.vmware.files.Fixtures.single;
import static io.vmferry.vmware.files.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OvfFolderTest {
    @TempDir
    Path folder;

    private final byte[] content = noise(10_000, 21);

    private void withDisk(Consumer<DiskContent> task) {
        try (SourceSession session = Fixtures.open(folder, "vm.ovf")) {
            Vm vm = session.describe(Fixtures.refs(session).get(0));
            try (DiskContent disk = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                task.accept(disk);
            }
        }
    }

    private static String file(String text, String attributes) {
        return text.replace("ovf:id=\"file1\"", "ovf:id=\"file1\" " + attributes);
    }

    private Part chunk(int number, int from, int to) {
        return new Part("disk.vmdk.%09d".formatted(number), Arrays.copyOfRange(content, from, to));
    }

    private String chunked() {
        return file(sample("vm", new Part("disk.vmdk", content)), "ovf:chunkSize=\"4000\"");
    }

    @Test
    void chunksAreOneFile() {
        Part ovf = Part.of("vm.ovf", chunked());
        Part[] chunks = {chunk(0, 0, 4000), chunk(1, 4000, 8000), chunk(2, 8000, 10_000)};
        write(folder, ovf, chunks[0], chunks[1], chunks[2]);
        write(folder, manifest("vm.mf", "SHA-256", ovf, chunks[0], chunks[1], chunks[2]));
        assertThat(single(folder, "vm.ovf").notices()).isEmpty();
        withDisk(disk -> {
            ByteBuffer all = ByteBuffer.allocate(20_000);
            assertThat(((DiskContent.Container) disk).bytes().read(0, all)).isEqualTo(10_000);
            assertThat(Arrays.copyOf(all.array(), 10_000)).isEqualTo(content);
            ByteBuffer part = ByteBuffer.allocate(300);
            assertThat(((DiskContent.Container) disk).bytes().read(7_900, part)).isEqualTo(300);
            assertThat(part.array()).isEqualTo(Arrays.copyOfRange(content, 7_900, 8_200));
            disk.verify();
        });
        write(folder, new Part(chunks[1].name(), noise(4000, 99)));
        withDisk(disk -> assertThat(
                        failing(FilesError.MANIFEST_MISMATCH, disk::verify).subject())
                .isEqualTo("disk.vmdk.000000001"));
    }

    @Test
    void aMissingOrShortChunkIsAnError() throws IOException {
        write(folder, Part.of("vm.ovf", chunked()), chunk(0, 0, 4000), chunk(2, 8000, 10_000));
        assertThat(failing(FilesError.OVF_FILE_MISSING, () -> single(folder, "vm.ovf"))
                        .reason())
                .contains("disk.vmdk.000000001");
        write(folder, chunk(1, 4000, 7_000));
        assertThat(failing(FilesError.OVF_FILE_SIZE, () -> single(folder, "vm.ovf"))
                        .subject())
                .contains("disk.vmdk.000000001");
        write(folder, chunk(1, 4000, 8_000), chunk(2, 8000, 9_999));
        failing(FilesError.OVF_FILE_SIZE, () -> single(folder, "vm.ovf"));
        write(folder, Part.of("vm.ovf", chunked().replace("\"4000\"", "\"0\"")));
        failing(FilesError.OVF_FILE_MISSING, () -> single(folder, "vm.ovf"));
        write(
                folder,
                Part.of(
                        "vm.ovf",
                        chunked().replace("\"4000\"", "\"1\"").replace("size=\"10000\"", "size=\"99999999\"")));
        failing(FilesError.OVF_UNSUPPORTED, () -> single(folder, "vm.ovf"));
    }

    private static byte[] gzip(byte[]... members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (byte[] member : members) {
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(member);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private void packed(byte[] gzip) {
        Part disk = new Part("disk.vmdk.gz", gzip);
        Part ovf = Part.of("vm.ovf", file(sample("vm", disk), "ovf:compression=\"gzip\""));
        write(folder, ovf, disk, manifest("vm.mf", "SHA-256", ovf, disk));
    }

    private static byte[] unpack(DiskContent disk) {
        ByteBuffer all = ByteBuffer.allocate(50_000);
        ((DiskContent.Stream) disk).bytes().read(all);
        return Arrays.copyOf(all.array(), all.position());
    }

    @Test
    void gzipIsUnpackedOnTheWay() {
        packed(gzip(Arrays.copyOf(content, 6_000), Arrays.copyOfRange(content, 6_000, 10_000)));
        assertThat(single(folder, "vm.ovf").disks().get(0).format()).isEqualTo("vmdk streamOptimized in gzip");
        withDisk(disk -> {
            assertThat(unpack(disk)).isEqualTo(content);
            disk.verify();
        });
    }

    @Test
    void truncatedOrDamagedGzipIsAnError() {
        byte[] whole = gzip(content);
        for (int cut : new int[] {whole.length - 1, whole.length - 8, whole.length / 2, 11}) {
            packed(Arrays.copyOf(whole, cut));
            withDisk(disk -> failing(CommonError.GZIP_TRUNCATED, () -> unpack(disk)));
        }
        byte[] wrongSum = whole.clone();
        wrongSum[whole.length - 6] ^= 1;
        packed(wrongSum);
        withDisk(disk -> failing(CommonError.GZIP_DAMAGED, () -> unpack(disk)));
        packed(content);
        failing(CommonError.GZIP_DAMAGED, () -> withDisk(disk -> {}));
    }

    @Test
    void otherCompressionAndDeltasAreRefused() {
        Part disk = new Part("disk.vmdk", content);
        write(folder, disk, Part.of("vm.ovf", file(sample("vm", disk), "ovf:compression=\"bzip2\"")));
        assertThat(failing(FilesError.OVF_UNSUPPORTED, () -> single(folder, "vm.ovf"))
                        .reason())
                .contains("bzip2");
        write(
                folder,
                Part.of("vm.ovf", sample("vm", disk).replace("ovf:fileRef=", "ovf:parentRef=\"base\" ovf:fileRef=")));
        assertThat(failing(FilesError.OVF_UNSUPPORTED, () -> single(folder, "vm.ovf"))
                        .reason())
                .contains("delta");
    }

    @Test
    void aDiskWithoutFileIsBlank() {
        Part disk = new Part("disk.vmdk", content);
        write(folder, disk, Part.of("vm.ovf", sample("vm", disk).replace(" ovf:fileRef=\"file1\"", "")));
        withDisk(blank -> {
            DiskContent.Virtual virtual = (DiskContent.Virtual) blank;
            assertThat(virtual.image().virtualSize()).isEqualTo(1L << 30);
            assertThat(virtual.image().extentAt(5).kind().readsAsZero()).isTrue();
            ByteBuffer some = ByteBuffer.wrap(new byte[] {1, 2, 3});
            virtual.image().read(0, some);
            assertThat(some.array()).containsOnly(0);
        });
    }

    @Test
    void aReferenceThatIsNotInTheListIsRefused() {
        Part disk = new Part("disk.vmdk", content);
        write(
                folder,
                disk,
                Part.of("vm.ovf", sample("vm", disk).replace("ovf:fileRef=\"file1\"", "ovf:fileRef=\"f9\"")));
        failing(FilesError.OVF_INVALID, () -> single(folder, "vm.ovf"));
    }

    @Test
    void namesMayBeWrittenAsUris() {
        Part disk = new Part("my disk+1.vmdk", content);
        write(folder, disk, Part.of("vm.ovf", sample("vm", disk).replace("my disk+1", "my%20disk+1")));
        withDisk(plain ->
                assertThat(((DiskContent.Container) plain).bytes().size()).isEqualTo(10_000));
    }

    @Test
    void linksMustNotLeadOut() throws IOException {
        Path secret =
                Files.writeString(Files.createDirectory(folder.resolve("other")).resolve("secret"), "x".repeat(100));
        Path vm = Files.createDirectory(folder.resolve("vm"));
        Files.createSymbolicLink(vm.resolve("disk.vmdk"), secret);
        write(vm, Part.of("vm.ovf", sample("vm", new Part("disk.vmdk", new byte[100]))));
        failing(CommonError.NAME_NOT_CONFINED, () -> single(folder, "vm/vm.ovf"));
    }

    @Test
    void theOnlyManifestCountsAlthoughTheDescriptorWasRenamed() {
        Part disk = new Part("disk.vmdk", content);
        Part ovf = Part.of("vm.ovf", sample("vm", disk));
        write(folder, disk, ovf, manifest("old.mf", "SHA-256", Part.of("old.ovf", "x"), disk));
        assertThat(codes(single(folder, "vm.ovf"))).containsExactly("files.manifest-extra");
    }

    @Test
    void oneDiskInTwoPlacesHasTwoKeys() {
        Part disk = new Part("disk.vmdk", content);
        String text =
                sample("vm", disk, new Part("other.vmdk", content)).replace("ovf:/disk/vmdisk2", "ovf:/disk/vmdisk1");
        write(folder, disk, Part.of("vm.ovf", text));
        assertThat(single(folder, "vm.ovf").disks())
                .extracting(d -> d.key())
                .containsExactly("disk.vmdk", "disk.vmdk#2");
    }
}
