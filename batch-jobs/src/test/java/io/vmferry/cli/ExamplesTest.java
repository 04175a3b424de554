package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example as it stands, with a sample appliance where it expects one. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("").toAbsolutePath().resolveSibling("examples");

    @TempDir
    Path home = Path.of("");

    @Test
    void filesExampleMigratesWhatItNames() throws IOException {
        Path work = home.resolve("examples");
        Files.createDirectories(work);
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, work.resolve(file.getFileName()));
            }
        }
        Path demo = home.resolve("vmferry-demo/source");
        SampleDisks.ova(demo, "web01", 1, 64 << 20, 4 << 20, 41);

        CommandLineRun plan =
                CommandLineRun.of("plan", "-f", work.resolve("files.yaml").toString());
        assertThat(plan.exitCode()).as(plan.all()).isZero();
        CommandLineRun run =
                CommandLineRun.of("migrate", "-f", work.resolve("files.yaml").toString());
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).contains("read back, digest equal");
    }
}
