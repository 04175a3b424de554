package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a real process in the middle of a disk, and lets another one complete its work. */
@Timeout(300)
class KilledMigrationTest {
    private static final long MIB = 1 << 20;
    private static final long CAPACITY = 1L << 30;
    private static final long DATA = 300 * MIB;
    private static final Pattern PERCENT = Pattern.compile("Hard disk \\d copy: (\\d+) %");

    @TempDir
    Path home = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"qcow2", "raw"})
    void killedAnywhereTheNextRunCompletesTheSameBytes(String format) throws Exception {
        Path source = home.resolve("source");
        SampleDisks.ova(source, "web01", 1, CAPACITY, DATA, 11);
        String transfer = "transfer: {format: " + format + "}";
        Path whole = SampleDisks.migration(home.resolve("whole"), "../source", transfer);
        assertThat(CommandLineRun.of("migrate", "-f", whole.toString()).exitCode())
                .isZero();
        Path killed = SampleDisks.migration(home.resolve("killed"), "../source", transfer);

        Process process = start(killed);
        int at = waitFor(process, 10);
        process.destroyForcibly().waitFor();

        assertThat(at).as("percent done when it was killed").isBetween(10, 90);
        Path disk = SampleDisks.disk(home.resolve("killed"), "web01", 0, format);
        assertThat(disk).doesNotExist();

        CommandLineRun next = CommandLineRun.of("migrate", "-f", killed.toString());

        assertThat(next.exitCode()).as(next.all()).isZero();
        Matcher begins = PERCENT.matcher(next.err());
        assertThat(begins.find()).isTrue();
        assertThat(Integer.parseInt(begins.group(1)))
                .as("percent at which the next run went on: " + next.err())
                .isPositive();
        assertThat(Files.mismatch(disk, SampleDisks.disk(home.resolve("whole"), "web01", 0, format)))
                .as("first byte that differs from an uninterrupted run")
                .isEqualTo(-1);
        assertThat(home.resolve("killed/.vmferry/state")).isEmptyDirectory();
        assertThat(leftovers(disk.resolveSibling(""))).isEmpty();
    }

    @Test
    void sigtermEndsWithinSecondsInACleanState() throws Exception {
        SampleDisks.ova(home.resolve("source"), "web01", 1, CAPACITY, DATA, 12);
        Path file = SampleDisks.migration(home, "./source", "");

        Process process = start(file);
        waitFor(process, 10);
        long asked = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - asked)).isLessThan(10);
        CommandLineRun report = CommandLineRun.of("report", "-f", file.toString(), "-o", "json");
        assertThat(report.out()).contains("\"STOPPED\"").doesNotContain("\"RUNNING\"");

        // Somebody tidied up: without its digest log the disk cannot go on, so it begins again by itself.
        try (Stream<Path> logs = Files.list(home.resolve(".vmferry/state"))) {
            for (Path log : logs.toList()) {
                Files.delete(log);
            }
        }
        CommandLineRun next = CommandLineRun.of("migrate", "-f", file.toString());
        assertThat(next.exitCode()).as(next.all()).isZero();
        assertThat(next.out()).contains("read back, digest equal");
    }

    /** Another JVM, with short slices so that there is a position to go on from, and slow enough to be met half-way. */
    private static Process start(Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dvmferry.slice=PT0.1S",
                // About six seconds for the whole disk: the test always meets it half-way, on any machine.
                "-Dvmferry.rate=" + 25 * MIB,
                "-cp",
                System.getProperty("java.class.path"),
                "io.vmferry.cli.Main",
                "migrate",
                "-f",
                file.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** @return the percentage that was last seen, at least {@code atLeast} unless the process ended before */
    private static int waitFor(Process process, int atLeast) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        int percent = -1;
        StringBuilder seen = new StringBuilder();
        for (String line = lines.readLine(); line != null && percent < atLeast; line = lines.readLine()) {
            seen.append(line).append('\n');
            Matcher matcher = PERCENT.matcher(line);
            if (matcher.find()) {
                percent = Integer.parseInt(matcher.group(1));
            }
        }
        assertThat(percent).as(seen.toString()).isGreaterThanOrEqualTo(atLeast);
        return percent;
    }

    private static List<String> leftovers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.contains("partial") || name.contains("lock"))
                    .toList();
        }
    }
}
