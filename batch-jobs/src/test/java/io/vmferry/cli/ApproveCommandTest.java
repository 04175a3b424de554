package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch run with gates: it stops at each, and goes on where somebody allowed it. */
class ApproveCommandTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    @Test
    void opensOneGateAfterTheOther() throws IOException {
        SampleDisks.ova(home.resolve("source"), "web01", 1, 64 * MIB, 10 * MIB, 1);
        Path file = SampleDisks.migration(home, "./source", "policy: {gates: [transfer, accept]}");
        String[] migrate = {"migrate", "-f", file.toString()};
        Path disk = SampleDisks.disk(home, "web01", 0, "qcow2");

        assertThat(CommandLineRun.of(migrate).out()).contains("waiting for an answer");
        assertThat(disk).doesNotExist();
        assertThat(approve(file)).contains("web01").contains("transfer");
        assertThat(approve(file, "--vm", "web01")).contains("web01: gate transfer is open");

        assertThat(CommandLineRun.of(migrate).out()).contains("waiting for an answer");
        assertThat(disk).exists();
        assertThat(approve(file, "--vm", "web01")).contains("web01: gate accept is open");

        CommandLineRun last = CommandLineRun.of(migrate);
        assertThat(last.exitCode()).as(last.all()).isZero();
        assertThat(approve(file)).contains("Nobody waits.");
        CommandLineRun unknown = CommandLineRun.of("approve", "-f", file.toString(), "--vm", "web01");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.err()).contains("no VM of that name waits");
    }

    private static String approve(Path file, String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "approve";
        args[1] = "-f";
        args[2] = file.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandLineRun.of(args).all();
    }
}
