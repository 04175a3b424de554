package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private Path vmdk = Path.of("");
    private Path raw = Path.of("");

    @BeforeEach
    void disks() throws IOException {
        vmdk = home.resolve("disk.vmdk");
        raw = home.resolve("disk.raw");
        SampleDisks.vmdk(vmdk, 16 * MIB, 5 * MIB, 31);
        assertThat(CommandLineRun.of("convert", vmdk.toString(), raw.toString()).exitCode())
                .isZero();
    }

    @Test
    void findsTheSameContentInOtherFormats() throws IOException {
        CommandLineRun run = compare(vmdk, raw);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("is the same").doesNotContain("longer");

        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(16 * MIB + 512);
        }
        CommandLineRun longer = compare(vmdk, raw);
        assertThat(longer.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(longer.out()).contains("B is longer by 512 bytes, all of them zero.");
        assertThat(compare(raw, vmdk).out()).contains("A is longer");
    }

    @Test
    void saysWhereTheyDiffer() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.seek(15 * MIB + 3);
            file.write(0x7f);
        }
        CommandLineRun run = compare(vmdk, raw);
        assertThat(run.exitCode()).isEqualTo(CompareCommand.DIFFERENT);
        assertThat(run.out()).contains("first at offset " + (15 * MIB + 3)).contains("7f0000");

        CommandLineRun json = CommandLineRun.of("compare", vmdk.toString(), raw.toString(), "-o", "json");
        assertThat(json.exitCode()).isEqualTo(CompareCommand.DIFFERENT);
        JsonNode facts = JsonMapper.shared().readTree(json.out());
        assertThat(facts.get("identical").asBoolean()).isFalse();
        assertThat(facts.get("firstDifference").asLong()).isEqualTo(15 * MIB + 3);
        assertThat(facts.get("a").get("format").asString()).isEqualTo("vmdk");
        assertThat(facts.get("b").get("bytes").asString()).startsWith("7f");
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        assertThat(compare(vmdk, home.resolve("none")).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(CommandLineRun.of("compare", vmdk.toString()).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        Path cut = home.resolve("cut.vmdk");
        Files.copy(vmdk, cut);
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        CommandLineRun run = compare(cut, raw);
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("cut.vmdk");
    }

    private static CommandLineRun compare(Path a, Path b) {
        return CommandLineRun.of("compare", a.toString(), b.toString());
    }
}
