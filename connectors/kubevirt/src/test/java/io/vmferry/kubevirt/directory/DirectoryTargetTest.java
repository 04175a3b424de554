package io.vmferry.kubevirt.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.spi.config.Settings;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetConfig;
import io.vmferry.spi.target.TargetSession;
import io.vmferry.spi.testing.TargetSessionContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The directory target keeps every promise of a target. */
class DirectoryTargetTest extends TargetSessionContract {
    @TempDir
    Path folder;

    @Override
    protected TargetSession open(String migration) {
        return new DirectoryTarget()
                .open(new TargetConfig(migration, "directory", new Settings(Map.of("path", List.of("out")), folder)));
    }

    @Override
    protected VmPlan plan(String vmName) {
        return SamplePlans.linux(vmName);
    }

    @Override
    protected DiskPlan drifted(DiskPlan disk) {
        return SamplePlans.withVersion(disk, "sha256:changed");
    }

    @Override
    protected Runnable placeForeign(VmPlan vm) {
        Path home = folder.resolve("out/imported").resolve(vm.target().name());
        Path file = home.resolve("virtualmachine.yaml");
        try {
            Files.createDirectories(home);
            Files.writeString(file, "mine");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return () -> {
            assertThat(file).hasContent("mine");
            assertThat(home).isDirectoryContaining("glob:**.yaml");
            assertThat(home.toFile().list()).containsExactly("virtualmachine.yaml");
        };
    }
}
