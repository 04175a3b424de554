package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        Path work = copied();
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

    @Test
    void vsphereExampleMigratesWhatItSelects() throws IOException {
        Path work = copied();
        World world = new World(42);
        for (String name : List.of("web01", "db01")) {
            world.vm(name, vm -> {
                vm.poweredOn = true;
                vm.disk(64 << 20).filled(0.2);
                vm.nic(world.vmNetwork).address("10.0.0.5/24");
            });
        }
        try (VsphereSimulator vcenter = VsphereSimulator.start(world)) {
            Files.writeString(work.resolve("vcenter.password"), World.PASSWORD);
            Files.writeString(work.resolve("vcenter-ca.pem"), vcenter.caPem());
            Path file = work.resolve("vsphere.yaml");
            // The only thing that cannot stand in an example: where the server is.
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("vcenter.example.com", vcenter.sdk().getAuthority()));

            CommandLineRun run = CommandLineRun.of("migrate", "-f", file.toString());

            assertThat(run.exitCode()).as(run.all()).isZero();
            assertThat(run.out())
                    .contains("read back, digest equal")
                    .contains("web01")
                    .doesNotContain("db01");
            assertThat(world.vm("web01").poweredOn()).isFalse();
            assertThat(world.vm("db01").poweredOn()).isTrue();
        }
    }

    private Path copied() throws IOException {
        Path work = home.resolve("examples");
        Files.createDirectories(work);
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, work.resolve(file.getFileName()));
            }
        }
        return work;
    }
}
