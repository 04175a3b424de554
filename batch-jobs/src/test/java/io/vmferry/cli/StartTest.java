package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** convert and image must start at once; loading Spring would cost them a second. */
class StartTest {
    @TempDir
    Path home = Path.of("");

    @Test
    @Timeout(60)
    void convertAndImageLoadNoSpring() throws Exception {
        Path vmdk = home.resolve("disk.vmdk");
        SampleDisks.vmdk(vmdk, 8 << 20, 2 << 20, 51);
        assertThat(classesOf(
                        "convert", vmdk.toString(), home.resolve("disk.qcow2").toString()))
                .contains("io.vmferry.converter.copy.DiskCopy")
                .doesNotContain("org.springframework")
                .doesNotContain("org.h2")
                .doesNotContain("tools.jackson");
        assertThat(classesOf("image", "--digest", vmdk.toString()))
                .contains("io.vmferry.converter.ImageDigest")
                .doesNotContain("org.springframework");
    }

    private static String classesOf(String... args) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                "io.vmferry.cli.Main"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String loaded = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(loaded.substring(Math.max(0, loaded.length() - 1000)))
                .isZero();
        return loaded;
    }
}
