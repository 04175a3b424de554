package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking a migration back: looks first, removes only what is ours, and lets the VM be migrated again. */
class RollbackCommandTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    @Test
    void saysWhatItWouldDoAndThenDoesIt() throws IOException {
        SampleDisks.ova(home.resolve("source"), "web01", 1, 64 * MIB, 10 * MIB, 1);
        SampleDisks.ova(home.resolve("source"), "db01", 1, 64 * MIB, 10 * MIB, 2);
        Path file = SampleDisks.migration(home, "./source", "");
        assertThat(CommandLineRun.of("migrate", "-f", file.toString()).exitCode())
                .isZero();
        Path mine = Files.writeString(home.resolve("target/default/web01/notes.txt"), "mine");

        CommandLineRun look = CommandLineRun.of("rollback", "-f", file.toString(), "--vm", "web01");

        assertThat(look.exitCode()).as(look.all()).isZero();
        assertThat(look.out())
                .contains("web01: remove File")
                .contains("with --yes")
                .doesNotContain("db01");
        assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).exists();

        CommandLineRun done = CommandLineRun.of("rollback", "-f", file.toString(), "--vm", "web01", "--yes");

        // Everything of ours goes; the folder's own mark stays as long as somebody else's file lies in it.
        assertThat(done.exitCode()).as(done.all()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(done.out()).contains("its folder still holds notes.txt");
        assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).doesNotExist();
        assertThat(mine).exists();
        Files.delete(mine);
        assertThat(CommandLineRun.of("rollback", "-f", file.toString(), "--vm", "web01", "--yes")
                        .exitCode())
                .isZero();
        assertThat(home.resolve("target/default/web01")).doesNotExist();
        assertThat(SampleDisks.disk(home, "db01", 0, "qcow2")).exists();
        assertThat(CommandLineRun.of("rollback", "-f", file.toString(), "--vm", "web01")
                        .out())
                .contains("web01: nothing to undo");

        CommandLineRun again = CommandLineRun.of("migrate", "-f", file.toString());
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).exists();
    }

    @Test
    void namesTheVmThatItDoesNotKnow() throws IOException {
        SampleDisks.ova(home.resolve("source"), "web01", 1, 64 * MIB, 10 * MIB, 1);
        Path file = SampleDisks.migration(home, "./source", "");
        CommandLineRun unknown = CommandLineRun.of("rollback", "-f", file.toString(), "--vm", "web02");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.err()).contains("web02").contains("VM_UNKNOWN");
        assertThat(CommandLineRun.of("rollback", "-f", file.toString()).out()).contains("Nothing was begun");
    }
}
