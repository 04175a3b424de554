package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.cli.disk.DiskFile;
import io.vmferry.cli.disk.DiskName;
import io.vmferry.converter.ImageDigest;
import io.vmferry.spi.image.DiskImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole migrations from files into a folder, by the command that a user types. */
class MigrateCommandTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private Path source = Path.of("");

    @BeforeEach
    void source() {
        source = home.resolve("source");
    }

    @Test
    void migratesProvesAndAdopts() throws IOException {
        SampleDisks.ova(source, "web01", 2, 256 * MIB, 20 * MIB, 1);
        Path file = SampleDisks.migration(home, "./source", "");

        CommandLineRun first = CommandLineRun.of("migrate", "-f", file.toString(), "-o", "json");

        assertThat(first.exitCode()).as(first.all()).isZero();
        JsonNode vm = JsonMapper.shared().readTree(first.out()).get("vms").get(0);
        assertThat(vm.get("state").asString()).isEqualTo("DONE");
        for (int i = 0; i < 2; i++) {
            JsonNode disk = vm.get("disks").get(i);
            assertThat(disk.get("proof").asString()).isEqualTo("read back, digest equal");
            assertThat(disk.get("encoding").asString()).isEqualTo("DEFLATE");
            Path written = SampleDisks.disk(home, "web01", i, "qcow2");
            assertThat(disk.get("targetPath").asString()).isEqualTo(written.toString());
            assertThat(disk.get("bytesWritten").asLong()).isEqualTo(Files.size(written));
            assertThat(disk.get("digest").get("hex").asString()).isEqualTo(digest(written));
        }
        assertThat(home.resolve("target/default/web01/virtualmachine.yaml")).exists();
        assertThat(home.resolve(".vmferry/state")).isEmptyDirectory();

        CommandLineRun second = CommandLineRun.of("migrate", "-f", file.toString());

        assertThat(second.exitCode()).as(second.all()).isZero();
        assertThat(second.err()).contains("web01: already migrated and still in place; adopted");
        assertThat(second.out()).contains("adopted");

        CommandLineRun status = CommandLineRun.of("status", "-f", file.toString(), "-o", "json");
        assertThat(JsonMapper.shared().readTree(status.out())).hasSize(2);
        CommandLineRun report = CommandLineRun.of("report", "-f", file.toString());
        assertThat(report.exitCode()).as(report.all()).isZero();
        assertThat(report.out()).contains("web01").contains("adopted");
    }

    @Test
    void redoesADiskThatIsGoneAndAdoptsTheOther() throws IOException {
        SampleDisks.ova(source, "web01", 2, 64 * MIB, 10 * MIB, 2);
        Path file = SampleDisks.migration(home, "./source", "");
        assertThat(CommandLineRun.of("migrate", "-f", file.toString()).exitCode())
                .isZero();
        Path gone = SampleDisks.disk(home, "web01", 1, "qcow2");
        String before = digest(gone);
        Files.delete(gone);

        CommandLineRun again = CommandLineRun.of("migrate", "-f", file.toString());

        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.err()).contains("web01 / Hard disk 1: already complete; adopted");
        assertThat(digest(gone)).isEqualTo(before);
    }

    @Test
    void oneBadVmDoesNotHinderTheOthers() throws IOException {
        SampleDisks.ova(source, "good", 1, 64 * MIB, 10 * MIB, 3);
        Path bad = SampleDisks.ova(source, "bad", 1, 64 * MIB, 10 * MIB, 4);
        // One byte inside a grain: nobody notices before its checksum is looked at.
        try (RandomAccessFile ova = new RandomAccessFile(bad.toFile(), "rw")) {
            ova.seek(bad.toFile().length() / 2);
            int b = ova.read();
            ova.seek(bad.toFile().length() / 2);
            ova.write(b ^ 0x55);
        }
        Path file = SampleDisks.migration(home, "./source", "");

        CommandLineRun run = CommandLineRun.of("migrate", "-f", file.toString(), "-o", "json");

        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.SOME_FAILED);
        for (JsonNode vm : JsonMapper.shared().readTree(run.out()).get("vms")) {
            boolean good = vm.get("name").asString().equals("good");
            assertThat(vm.get("state").asString()).isEqualTo(good ? "DONE" : "FAILED");
            if (!good) {
                assertThat(vm.get("failure").get("subject").asString()).contains("bad");
                assertThat(vm.get("failure").get("remedy").asString()).isNotEmpty();
            }
        }
        assertThat(SampleDisks.disk(home, "good", 0, "qcow2")).exists();
        assertThat(SampleDisks.disk(home, "bad", 0, "qcow2")).doesNotExist();
        assertThat(home.resolve("target/default/bad/virtualmachine.yaml")).doesNotExist();
    }

    @Test
    void noticesADamageThatOnlyTheManifestShows() throws IOException {
        Path ova = SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 5);
        try (RandomAccessFile file = new RandomAccessFile(ova.toFile(), "rw")) {
            // The end of the OVA is zeros behind the last member; the byte before the disk's own end mark is padding.
            long at = lastMemberEnd(ova) - 100;
            file.seek(at);
            file.write(1);
        }
        Path file = SampleDisks.migration(home, "./source", "");

        CommandLineRun run = CommandLineRun.of("migrate", "-f", file.toString());

        assertThat(run.exitCode()).as(run.all()).isIn(ExitCode.SOME_FAILED, ExitCode.BLOCKED);
        assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).doesNotExist();
    }

    private static long lastMemberEnd(Path ova) throws IOException {
        long end = 0;
        try (var tar = new org.apache.commons.compress.archivers.tar.TarFile(ova.toFile())) {
            for (var entry : tar.getEntries()) {
                end = Math.max(end, entry.getDataOffset() + entry.getSize());
            }
        }
        return end;
    }

    @Test
    void rawAndZstdHoldTheSameContent() throws IOException {
        SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 6);
        Path raw =
                SampleDisks.migration(home.resolve("raw"), "../source", "transfer: {format: raw, compression: none}");
        Path zstd = SampleDisks.migration(
                home.resolve("zstd"), "../source", "transfer: {format: qcow2, compression: zstd}");

        assertThat(CommandLineRun.of("migrate", "-f", raw.toString()).exitCode())
                .isZero();
        assertThat(CommandLineRun.of("migrate", "-f", zstd.toString()).exitCode())
                .isZero();

        assertThat(digest(SampleDisks.disk(home.resolve("raw"), "web01", 0, "raw")))
                .isEqualTo(digest(SampleDisks.disk(home.resolve("zstd"), "web01", 0, "qcow2")));
    }

    @Test
    void waitsAtShutGatesAndLeavesBlockedVmsAlone() throws IOException {
        SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 7);
        Path file = SampleDisks.migration(home, "./source", "policy: {gates: [transfer]}");

        CommandLineRun waiting = CommandLineRun.of("migrate", "-f", file.toString(), "-o", "json");

        assertThat(waiting.exitCode()).as(waiting.all()).isZero();
        assertThat(JsonMapper.shared()
                        .readTree(waiting.out())
                        .get("vms")
                        .get(0)
                        .get("state")
                        .asString())
                .isEqualTo("WAITING");
        assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).doesNotExist();

        Files.writeString(home.resolve("rules.yaml"), """
                apiVersion: vmferry.io/v1
                kind: MappingRules
                metadata: {name: test}
                spec: {}
                """);
        CommandLineRun blocked = CommandLineRun.of("migrate", "-f", file.toString());
        assertThat(blocked.exitCode()).as(blocked.all()).isEqualTo(ExitCode.BLOCKED);
    }

    @Test
    void goesOnAfterAnOutcomeThatCouldNotBeStored() throws Exception {
        SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 9);
        Path file = SampleDisks.migration(home, "./source", "policy: {gates: [transfer]}");
        assertThat(CommandLineRun.of("migrate", "-f", file.toString()).exitCode())
                .isZero();
        try (Connection store =
                        DriverManager.getConnection("jdbc:h2:file:" + home.resolve(".vmferry/store"), "vmferry", "");
                Statement sql = store.createStatement()) {
            assertThat(sql.executeUpdate("update BATCH_JOB_EXECUTION set STATUS = 'UNKNOWN'"))
                    .isEqualTo(1);
            sql.executeUpdate("update BATCH_STEP_EXECUTION set STATUS = 'UNKNOWN' where STEP_NAME = 'gate-transfer'");
            sql.executeUpdate(
                    "insert into VMFERRY_GATE select migration, vm, generation, 'transfer', started from VMFERRY_TASK");
        }

        CommandLineRun next = CommandLineRun.of("migrate", "-f", file.toString());

        assertThat(next.exitCode()).as(next.all()).isZero();
        assertThat(next.out()).contains("read back, digest equal");
    }

    @Test
    void aDiskThatSomebodyChangedBlocksItsVmAlone() throws IOException {
        SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 10);
        SampleDisks.ova(source, "web02", 1, 64 * MIB, 10 * MIB, 11);
        Path file = SampleDisks.migration(home, "./source", "");
        assertThat(CommandLineRun.of("migrate", "-f", file.toString()).exitCode())
                .isZero();
        Path changed = SampleDisks.disk(home, "web01", 0, "qcow2");
        Files.write(changed, new byte[] {1, 2, 3});

        CommandLineRun next = CommandLineRun.of("migrate", "-f", file.toString());

        assertThat(next.exitCode()).as(next.all()).isEqualTo(ExitCode.BLOCKED);
        assertThat(next.out()).contains("BLOCKED web01").contains("[target.place-taken]");
        assertThat(next.err()).contains("web02: already migrated and still in place; adopted");
        assertThat(changed).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void refusesAPlanThatWasNotApproved() throws IOException {
        SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 8);
        Path file = SampleDisks.migration(home, "./source", "");
        CommandLineRun plan = CommandLineRun.of("plan", "-f", file.toString(), "-o", "json");
        assertThat(plan.exitCode()).as(plan.all()).isZero();
        String hash = JsonMapper.shared().readTree(plan.out()).get("planHash").asString();

        CommandLineRun other = CommandLineRun.of("migrate", "-f", file.toString(), "--approved", "0".repeat(64));
        assertThat(other.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(other.err()).contains("PLAN_CHANGED").contains(hash);
        assertThat(home.resolve("target/default/web01")).doesNotExist();

        CommandLineRun same = CommandLineRun.of("migrate", "-f", file.toString(), "--approved", hash);
        assertThat(same.exitCode()).as(same.all()).isZero();
    }

    private static String digest(Path file) {
        try (DiskImage image = DiskFile.open(DiskName.of(file), null)) {
            return ImageDigest.of(image, 2).hex();
        }
    }
}
