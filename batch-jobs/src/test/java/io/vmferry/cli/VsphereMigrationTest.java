package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.cli.disk.DiskFile;
import io.vmferry.cli.disk.DiskName;
import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.image.DiskImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole migrations from a simulated vCenter into a folder, by the command that a user types; and what they leave at the source. */
@Timeout(300)
class VsphereMigrationTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private final World world = new World(7);
    private @Nullable VsphereSimulator simulator;

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private VsphereSimulator vcenter() {
        VsphereSimulator running = simulator;
        if (running == null) {
            running = VsphereSimulator.start(world);
            simulator = running;
        }
        return running;
    }

    private Vm linux(String name, boolean on) {
        return world.vm(name, vm -> {
            vm.poweredOn = on;
            vm.changeTracking = true;
            vm.disk(64 * MIB).filled(0.3);
            vm.disk(96 * MIB).filled(0.1);
            vm.nic(world.vmNetwork).address("10.0.0.5/24");
        });
    }

    private Path migration(String more) throws IOException {
        Path file = SampleDisks.migration(home, "./none", more);
        Files.writeString(home.resolve("ca.pem"), vcenter().caPem());
        Files.writeString(home.resolve("password"), World.PASSWORD + "\n");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "{name: files, type: files, paths: [./none]}",
                                "{name: vc, type: vsphere, server: '%s', user: '%s', passwordFile: password, trust: {caFile: ca.pem}}"
                                        .formatted(vcenter().sdk().getAuthority(), World.USER)));
        return file;
    }

    private static CommandLineRun migrate(Path file) {
        return CommandLineRun.of("migrate", "-f", file.toString());
    }

    /** What was written is what the simulated disk holds. */
    private void assertSame(Vm vm, int disk) {
        Path written = SampleDisks.disk(home, vm.name(), disk, "qcow2");
        try (DiskImage source = ImageFormats.open(vm.disks().get(disk).chain().view(), sibling -> {
                    throw new IllegalStateException("a raw disk has no siblings");
                });
                DiskImage copy = DiskFile.open(DiskName.of(written), null)) {
            assertThat(ImageDigest.of(copy, 2).hex())
                    .isEqualTo(ImageDigest.of(source, 2).hex());
        }
    }

    private void assertNothingLeftBehind() {
        assertThat(vcenter().openLeases()).as("leases").isZero();
        assertThat(vcenter().snapshots()).as("snapshots").isZero();
    }

    @Test
    void shutsARunningVmDownAndReadsOnlyWhatItsDisksHold() throws IOException {
        Vm vm = linux("web01", true);
        Path file = migration("policy: {running: shutdown}");

        CommandLineRun run = migrate(file);

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(vm.powerHistory()).containsExactly("shutdownGuest", "off");
        assertSame(vm, 0);
        assertSame(vm, 1);
        assertNothingLeftBehind();
        assertThat(vcenter().served().bytes()).as("bytes served, twice at most").isLessThan(2 * 30 * MIB);

        // It is off now and unchanged: nothing is left to do, and what its guest had for an address is not forgotten.
        assertThat(CommandLineRun.of("plan", "-f", file.toString()).out()).doesNotContain("guest.network-unknown");
        CommandLineRun again = migrate(file);
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(again.err()).contains("already migrated and still in place; adopted");

        CommandLineRun back = CommandLineRun.of("rollback", "-f", file.toString(), "--yes");
        assertThat(back.exitCode()).as(back.all()).isZero();
        assertThat(vm.poweredOn()).isTrue();
        assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).doesNotExist();
    }

    @Test
    void leavesARunningVmAloneUnlessToldOtherwise() throws IOException {
        Vm vm = linux("web01", true);
        CommandLineRun run = migrate(migration(""));
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BLOCKED);
        assertThat(run.out()).contains("vm.running");
        assertThat(vm.powerHistory()).isEmpty();
    }

    @Test
    void copiesASnapshotOfARunningVmAndRemovesIt() throws IOException {
        Vm vm = linux("web01", true);
        CommandLineRun run = migrate(migration("policy: {running: snapshot}"));
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(vm.poweredOn()).isTrue();
        assertThat(vm.powerHistory()).isEmpty();
        assertSame(vm, 0);
        assertNothingLeftBehind();
    }

    @Test
    void exportsWhatLiesOnVsan() throws IOException {
        Datastore vsan = world.datastore("vsan", Datastore.Kind.VSAN);
        Vm vm = world.vm("win01", spec -> {
            spec.disk(64 * MIB).filled(0.2).on(vsan);
            spec.nic(world.vmNetwork);
        });
        Path file = migration("");

        CommandLineRun plan = CommandLineRun.of("plan", "-f", file.toString(), "-o", "json");
        assertThat(plan.exitCode()).as(plan.all()).isZero();
        String path = JsonMapper.shared()
                .readTree(plan.out())
                .get("plan")
                .get("vms")
                .get(0)
                .get("disks")
                .get(0)
                .get("path")
                .asString();
        assertThat(path).containsIgnoringCase("vsan").contains("pass-through");
        CommandLineRun run = migrate(file);

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertSame(vm, 0);
        assertNothingLeftBehind();
    }

    @Test
    void readsChainsOfSnapshotsThatOthersMade() throws IOException {
        Vm vm = world.vm("db01", spec -> {
            spec.snapshots.add("before the upgrade");
            spec.disk(64 * MIB).filled(0.3);
            spec.nic(world.vmNetwork);
        });
        vm.disks().get(0).chain().writeSeeded(5 * MIB, 3 * MIB, 99);

        CommandLineRun run = migrate(migration(""));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertSame(vm, 0);
        assertThat(vcenter().snapshots()).as("theirs stays").isEqualTo(1);
    }

    @Test
    void putsAVmBackThatFailed() throws IOException {
        Vm vm = linux("web01", true);
        Path file = migration("policy: {running: shutdown}");
        vcenter().faults().onFolder().where("flat").status(403);

        CommandLineRun run = migrate(file);

        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(vm.poweredOn()).as("as before").isTrue();
        assertThat(run.err()).contains("web01: switched on again at the source");
        assertNothingLeftBehind();

        vcenter().faults().clear();
        CommandLineRun again = migrate(file);
        assertThat(again.exitCode()).as(again.all()).isZero();
        assertSame(vm, 0);
    }

    @Test
    void waitsForAWordBeforeItCutsThePowerOfAGuestThatDoesNotListen() throws IOException {
        Vm vm = linux("web01", true);
        vm.spec().shutdown = null;
        Path file = migration("policy: {running: shutdown, shutdownTimeout: 1s, whenStuck: ask}");

        CommandLineRun run = migrate(file);

        assertThat(run.out()).as(run.all()).contains("waiting for an answer");
        assertThat(vm.poweredOn()).isTrue();
        assertThat(CommandLineRun.of("approve", "-f", file.toString()).out())
                .contains("web01")
                .contains("power-off");
        CommandLineRun approved = CommandLineRun.of("approve", "-f", file.toString(), "--vm", "web01");
        assertThat(approved.exitCode()).as(approved.all()).isZero();

        CommandLineRun next = migrate(file);

        assertThat(next.exitCode()).as(next.all()).isZero();
        assertThat(vm.powerHistory()).endsWith("powerOff");
        assertSame(vm, 1);
    }

    @Test
    void wrongPasswordAndWrongCertificateAreSaidPlainly() throws IOException {
        linux("web01", false);
        Path file = migration("");
        Files.writeString(home.resolve("password"), "wrong\n");
        CommandLineRun password = CommandLineRun.of("plan", "-f", file.toString());
        assertThat(password.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(password.err()).contains("VSPHERE_").contains(World.USER).doesNotContain("wrong\n");

        Files.writeString(home.resolve("password"), World.PASSWORD);
        try (VsphereSimulator other = VsphereSimulator.start(new World(8))) {
            Files.writeString(home.resolve("ca.pem"), other.caPem());
        }
        CommandLineRun trust = CommandLineRun.of("plan", "-f", file.toString());
        assertThat(trust.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(trust.err()).contains("trust.sha256");
    }

    @Test
    void ridesOutAServerThatDropsConnections() throws IOException {
        Vm vm = linux("web01", false);
        Path file = migration("");
        vcenter().faults().onFolder().random(0.1, 3).dropAfter(100_000);

        CommandLineRun run = migrate(file);

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertSame(vm, 0);
        assertSame(vm, 1);
    }

    @Test
    void listsTheInventoryAndPlansFromItOffline() throws IOException {
        linux("web01", true);
        linux("db01", false);
        Path file = migration("policy: {running: shutdown}");
        Path saved = home.resolve("inventory.jsonl");
        CommandLineRun inventory = CommandLineRun.of("inventory", "-f", file.toString(), "--save", saved.toString());
        assertThat(inventory.exitCode()).as(inventory.all()).isZero();
        vcenter().close();

        CommandLineRun plan =
                CommandLineRun.of("plan", "-f", file.toString(), "--inventory", saved.toString(), "-o", "json");

        assertThat(plan.exitCode()).as(plan.all()).isZero();
        JsonNode vms = JsonMapper.shared().readTree(plan.out()).get("plan").get("vms");
        assertThat(vms).hasSize(2);
    }

    @Test
    void importsOneOfManyWithAPersonsWord() throws IOException {
        Vm vm = linux("web01", true);
        Vm other = linux("web02", true);
        Path file = migration("");
        String[] flags = {
            "import",
            "-f",
            file.toString(),
            "--vm",
            "web01",
            "--import-dir",
            home.resolve("import").toString(),
            "--network",
            "pod",
            "--name",
            "shop",
            "--yes"
        };

        CommandLineRun refused = CommandLineRun.of(flags);
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(ExitCode.BLOCKED);
        assertThat(refused.all()).contains("vm.running");

        String[] shutdown = java.util.Arrays.copyOf(flags, flags.length + 2);
        shutdown[flags.length] = "--running";
        shutdown[flags.length + 1] = "shutdown";
        CommandLineRun run = CommandLineRun.of(shutdown);

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(vm.powerHistory()).containsExactly("shutdownGuest", "off");
        assertThat(other.powerHistory()).isEmpty();
        assertThat(home.resolve("target/default/shop/shop-disk-0.qcow2")).exists();
        assertThat(home.resolve("import-web01.yaml")).content().doesNotContain(World.PASSWORD);
        assertNothingLeftBehind();

        CommandLineRun unnamed = CommandLineRun.of("import", "-f", file.toString());
        assertThat(unnamed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unnamed.err()).contains("--vm");
    }
}
