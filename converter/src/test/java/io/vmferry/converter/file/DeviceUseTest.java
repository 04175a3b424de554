package io.vmferry.converter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over folders that look like /proc and /sys of a machine with sda (sda1, sda2), sdb, and dm-0 over sdc. */
class DeviceUseTest {
    @TempDir
    Path root = Path.of("");

    private DeviceUse use = DeviceUse.ofThisMachine();

    @BeforeEach
    void machine() throws IOException {
        Path proc = Files.createDirectories(root.resolve("proc/self")).resolve("..");
        use = new DeviceUse(proc, root.resolve("sys"));
        Files.writeString(proc.resolve("self/mountinfo"), """
                24 1 0:6 / /dev rw,relatime - devtmpfs devtmpfs rw
                27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
                40 27 0:45 / /data\\040of\\040mine rw - btrfs /dev/sdd rw,space_cache
                """);
        Files.writeString(proc.resolve("swaps"), """
                Filename				Type		Size	Used	Priority
                /dev/sda2                               partition	1000	0	-2
                """);
        device("8:0");
        device("8:0/sda1", "8:1");
        device("8:0/sda2", "8:2");
        device("8:1");
        device("8:2");
        device("8:16");
        device("8:32");
        device("8:48");
        Files.createDirectories(root.resolve("sys/dev/block/8:32/holders/dm-0"));
    }

    private void device(String path, String... partition) throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/dev/block").resolve(path));
        Files.createDirectories(folder.resolve("holders"));
        for (String number : partition) {
            Files.writeString(folder.resolve("partition"), "1\n");
            Files.writeString(folder.resolve("dev"), number + "\n");
        }
    }

    @Test
    void saysWhoUsesADevice() throws IOException {
        assertThat(use.user("8:1", List.of("/dev/sda1"))).contains("it is mounted on /");
        assertThat(use.user("8:2", List.of("/dev/swap", "/dev/sda2"))).contains("it is swap space");
        assertThat(use.user("8:0", List.of("/dev/sda"))).contains("its partition sda1 is mounted on /");
        assertThat(use.user("8:32", List.of("/dev/sdc")))
                .contains("it is used by dm-0 (a volume group, an array or a mapping)");
        assertThat(use.user("8:48", List.of("/dev/disk/by-id/x", "/dev/sdd")))
                .as("a file system over several devices has another number")
                .contains("it is mounted on /data\\040of\\040mine");
        assertThat(use.user("8:16", List.of("/dev/sdb"))).isEqualTo(Optional.empty());
    }

    @Test
    void findsTheUsersOfPartitions() throws IOException {
        Files.writeString(root.resolve("proc/self/mountinfo"), "24 1 0:6 / /dev rw - devtmpfs devtmpfs rw\n");
        assertThat(use.user("8:0", List.of("/dev/sda"))).contains("its partition sda2 is swap space");
        Files.delete(root.resolve("proc/swaps"));
        assertThat(use.user("8:0", List.of("/dev/sda"))).isEmpty();
        Files.createDirectories(root.resolve("sys/dev/block/8:2/holders/md127"));
        assertThat(use.user("8:0", List.of("/dev/sda")).orElseThrow()).contains("its partition sda2 is used by md127");
    }

    @Test
    void refusesWhereNothingIsTold() throws IOException {
        Files.delete(root.resolve("proc/self/mountinfo"));
        Path file = Files.createFile(root.resolve("sdx"));
        assertThatThrownBy(() -> use.requireFree(file))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(FileError.DEVICE_IN_USE));
    }
}
