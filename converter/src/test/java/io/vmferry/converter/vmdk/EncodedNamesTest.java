package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of extents and parents in the encodings that VMware writes, down to the files on the disk. */
class EncodedNamesTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"UTF-8, Zürich 日本", "windows-1252, Müller € café", "GBK, 虚拟机磁盘", "Big5, 虛擬磁碟", "Shift_JIS, 仮想ディスク"})
    void findsTheFiles(String encoding, String name) throws Exception {
        byte[] content = Contents.mixed(1 << 20, 65536, Contents.random(141));
        try {
            Files.write(folder.resolve(name + "-flat.vmdk"), content);
        } catch (InvalidPathException e) {
            assumeThat(e).as("this machine's locale can name the file").isNull();
        }
        Charset charset = Charset.forName(encoding);
        String base = SparseFixture.descriptor("vmfs", "RW 2048 VMFS \"" + name + "-flat.vmdk\"");
        Files.write(folder.resolve(name + ".vmdk"), declared(base, encoding).getBytes(charset));
        CowdFixture none = new CowdFixture();
        none.grain = 65536;
        GrainKind[] holes = new GrainKind[16];
        Arrays.fill(holes, GrainKind.HOLE);
        Files.write(folder.resolve(name + "-000001-delta.vmdk"), none.build(content, holes));
        String delta = SparseFixture.descriptor("vmfsSparse", "RW 2048 VMFSSPARSE \"" + name + "-000001-delta.vmdk\"")
                .replace(
                        "parentCID=ffffffff",
                        "parentCID=12345678\nparentFileNameHint=\"/vmfs/volumes/x/" + name + ".vmdk\"");
        Path top = Files.write(
                folder.resolve("top.vmdk"), declared(delta, encoding).getBytes(charset));
        try (DiskImage image = new VmdkFormat().open(FileSource.open(top), new FolderSiblings(folder))) {
            Contents.assertReads(image, content);
            assertThat(image.facts().details().get("snapshot of")).contains(name);
        }
    }

    private static String declared(String descriptor, String encoding) {
        String text = descriptor.replaceAll("encoding=\"?[^\"\n]*\"?\n", "");
        return text.replace("version=1\n", "version=1\nencoding=\"" + encoding + "\"\n");
    }

    @Test
    void theFixtureIsWhatItIsTakenFor() {
        assertThat(declared(SparseFixture.descriptor("vmfs", "RW 1 ZERO"), "GBK"))
                .contains("encoding=\"GBK\"\n");
    }
}
