package io.vmferry.converter.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.SampleDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final int SIZE = 48 << 20;

    @TempDir
    Path folder = Path.of("");

    @Test
    @Timeout(300)
    void eightCopiesAtOnceFitIntoAHeapOf256MiB() throws Exception {
        byte[] content = SampleDisk.content(71, SIZE);
        Path source = folder.resolve("disk.vmdk");
        Files.write(source, Disks.streamOptimized(content));
        Path said = folder.resolve("said.txt");
        Path complaints = folder.resolve("complaints.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EightCopies.class.getName(),
                        source.toString())
                // Apart, since newer Javas warn there about native code.
                .redirectError(complaints.toFile())
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(said);
        assertThat(process.exitValue()).as(Files.readString(complaints)).isZero();
        assertThat(lines.subList(0, 8)).isEqualTo(Collections.nCopies(8, "digest " + BlkSum.of(content)));
        String peak = lines.get(8);
        System.out.println("eight copies at once: " + peak + " MiB resident");
        // Heap and buffers outside it are bounded by 256 MiB each; the rest is the JVM.
        assertThat(Long.parseLong(peak.replace("peak ", ""))).isLessThan(640);
    }
}
