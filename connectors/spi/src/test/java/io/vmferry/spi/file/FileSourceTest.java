package io.vmferry.spi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.testing.LoopDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void tellsKinds() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(FileKind.of(file)).isEqualTo(FileKind.FILE);
        assertThat(FileKind.of(folder)).isEqualTo(FileKind.FOLDER);
        assertThat(FileKind.isBlockDevice(file)).isFalse();
        assertThat(FileKind.isBlockDevice(folder.resolve("none"))).isFalse();
    }

    /** A terminal or pipe would pass for an empty disk, or keep us waiting. */
    @Test
    @Timeout(60)
    void refusesWhatIsNeitherFileNorDevice() throws Exception {
        assumeThat(Path.of("/dev/zero")).as("a character device").exists();
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path path : new Path[] {Path.of("/dev/zero"), pipe}) {
            assertThat(FileKind.of(path)).isEqualTo(FileKind.OTHER);
            assertThatThrownBy(() -> FileSource.open(path)).isInstanceOfSatisfying(VmferryException.class, e -> {
                assertThat(e.code()).isEqualTo(CommonError.FILE_UNREADABLE);
                assertThat(e.subject()).isEqualTo(path.toString());
            });
        }
    }

    @Test
    void aDeviceHasItsOwnLength() throws Exception {
        byte[] content = new byte[1 << 20];
        content[content.length - 1] = 9;
        try (LoopDevice loop = LoopDevice.over(Files.write(folder.resolve("device"), content));
                FileSource source = FileSource.open(loop.path())) {
            assertThat(FileKind.of(loop.path())).isEqualTo(FileKind.BLOCK_DEVICE);
            assertThat(source.size()).isEqualTo(content.length);
            ByteBuffer end = ByteBuffer.allocate(8);
            assertThat(source.read(content.length - 4, end)).isEqualTo(4);
            assertThat(end.get(3)).isEqualTo((byte) 9);
        }
    }

    @Test
    void aStoreGrowsByHolesAlone() throws IOException {
        Path file = folder.resolve("store");
        try (FileStore store = FileStore.open(file)) {
            store.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            store.resize(1L << 40);
            assertThat(store.size()).isEqualTo(1L << 40);
            store.resize(2);
            store.zero(1, 4);
            ByteBuffer all = ByteBuffer.allocate(10);
            assertThat(store.read(0, all)).isEqualTo(5);
            assertThat(all.array()).startsWith(1, 0, 0, 0, 0);
        }
        assertThatThrownBy(() -> FileStore.open(folder.resolve("no/folder")))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(CommonError.FILE_UNWRITABLE));
    }
}
