package io.vmferry.cli;

import io.vmferry.batch.Endpoints;
import io.vmferry.rules.load.MigrationLoader;
import io.vmferry.rules.load.RulesLoader;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.config.Settings;
import io.vmferry.spi.target.TargetConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code plan} and {@code migrate} share: the migration file and what a flag changes in it. */
final class MigrationOptions {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "MIGRATION.YAML",
            description = "The migration file.")
    @Nullable
    Path file;

    @Option(
            names = "--target-version",
            paramLabel = "VERSION",
            description = "KubeVirt version to write manifests for, 0.50 or later; wins over the file.")
    @Nullable
    String targetVersion;

    @Option(
            names = {"-d", "--report-dir"},
            paramLabel = "DIR",
            description = "Where reports go. Default: vmferry-report beside the migration file.")
    @Nullable
    Path reportDir;

    private @Nullable MigrationFile loaded;

    MigrationFile migration() {
        MigrationFile migration = loaded;
        if (migration == null) {
            migration = MigrationLoader.load(Objects.requireNonNull(file));
            if (targetVersion != null) {
                migration = withTargetVersion(migration, targetVersion);
            }
            loaded = migration;
        }
        return migration;
    }

    MappingRules rules() {
        return RulesLoader.of(migration());
    }

    Endpoints endpoints() {
        return new Endpoints(migration().sources(), migration().target());
    }

    Path reports() {
        return reportDir != null
                ? reportDir
                : Objects.requireNonNull(file)
                        .toAbsolutePath()
                        .resolveSibling("vmferry-report")
                        .resolve(migration().name());
    }

    private static MigrationFile withTargetVersion(MigrationFile m, String version) {
        TargetConfig target = m.target();
        Map<String, List<String>> values = new LinkedHashMap<>(target.settings().values());
        values.put("version", List.of(version));
        TargetConfig changed = new TargetConfig(
                target.migration(),
                target.type(),
                new Settings(values, target.settings().baseFolder()));
        return new MigrationFile(
                m.name(),
                m.sources(),
                changed,
                m.namespace(),
                m.select(),
                m.rulesFile(),
                m.mapping(),
                m.transfer(),
                m.policy(),
                m.overrides(),
                m.store());
    }
}
