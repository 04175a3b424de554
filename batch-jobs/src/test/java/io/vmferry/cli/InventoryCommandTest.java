package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listing VMs in all formats, and planning from a saved list when the sources are gone. */
class InventoryCommandTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void sources() throws IOException {
        SampleDisks.ova(home.resolve("source"), "web01", 2, 64 * MIB, 10 * MIB, 1);
        SampleDisks.ova(home.resolve("source"), "db01", 1, 64 * MIB, 10 * MIB, 2);
        file = SampleDisks.migration(home, "./source", "");
    }

    private CommandLineRun inventory(String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "inventory";
        args[1] = "-f";
        args[2] = file.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandLineRun.of(args);
    }

    @Test
    void printsATable() {
        CommandLineRun run = inventory();
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).contains("web01").contains("db01").contains("2 (128.0 MiB)");
        assertThat(run.err()).contains("2 VMs");
    }

    @Test
    void printsJsonYamlAndCsv() {
        JsonNode json = JsonMapper.shared().readTree(inventory("-o", "json").out());
        assertThat(json).hasSize(2);
        assertThat(json.findValuesAsString("label")).contains("Hard disk 1");
        String yaml = inventory("-o", "yaml").out();
        assertThat(yaml).contains("web01").contains("capacityBytes: 67108864");
        String csv = inventory("-o", "csv").out();
        assertThat(csv.lines()).hasSize(3);
        assertThat(csv).startsWith("\uFEFFsource,key,vm,");
    }

    @Test
    void plansFromASavedInventoryWhenTheSourcesAreGone() throws IOException {
        Path saved = home.resolve("kept/inventory.jsonl");
        assertThat(inventory("--save", saved.toString()).exitCode()).isZero();
        Files.delete(home.resolve("source/web01.ova"));
        Files.delete(home.resolve("source/db01.ova"));

        CommandLineRun plan =
                CommandLineRun.of("plan", "-f", file.toString(), "--inventory", saved.toString(), "-o", "json");

        JsonNode vms = JsonMapper.shared().readTree(plan.out()).get("plan").get("vms");
        assertThat(vms).as(plan.all()).hasSize(2);
        assertThat(vms.get(0).get("findings").findValuesAsString("code")).contains("disk.not-opened");
        assertThat(plan.exitCode()).isZero();
    }

    @Test
    void saysWhichVmCouldNotBeRead() throws IOException {
        Files.writeString(home.resolve("source/bad.ovf"), "<Envelope>");
        CommandLineRun run = inventory();
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err()).contains("unreadable: ").contains("bad.ovf");
        assertThat(run.out()).contains("web01");
    }

    @Test
    void refusesWhatIsNoInventory() throws IOException {
        Path wrong = Files.writeString(home.resolve("wrong.jsonl"), "{\"schema\": \"something\"}\n");
        CommandLineRun plan = CommandLineRun.of("plan", "-f", file.toString(), "--inventory", wrong.toString());
        assertThat(plan.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(plan.err()).contains("wrong.jsonl line 1").contains("INVENTORY_UNREADABLE");

        Path cut = Files.writeString(
                home.resolve("cut.jsonl"),
                "{\"schema\":\"vmferry.io/inventory/v1\",\"vmferryVersion\":\"1\",\"taken\":\"2026-11-24T00:00:00Z\"}\n{\"so");
        CommandLineRun again = CommandLineRun.of("plan", "-f", file.toString(), "--inventory", cut.toString());
        assertThat(again.err()).contains("cut.jsonl line 2");
    }
}
