package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.match.VmMatch;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.Policy;
import io.vmferry.rules.model.Profile;
import io.vmferry.rules.model.Selection;
import io.vmferry.rules.model.SourcePolicy;
import io.vmferry.rules.model.Transfer;
import io.vmferry.rules.model.VmOverride;
import io.vmferry.spi.config.Settings;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.target.TargetConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads migration files. */
public final class MigrationLoader {
    private static final int MOST_PARALLEL = 256;

    private final Path folder;

    private MigrationLoader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a migration file; the rule file that it names is read by {@link RulesLoader#of}.
     *
     * @throws InvalidFileException with every problem of the file
     */
    public static MigrationFile load(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return parse(file.toString(), Document.bytes(file), folder == null ? Path.of("/") : folder);
    }

    /**
     * Reads the text of a migration file.
     *
     * @param file what errors call it
     * @param folder what relative paths in it are relative to
     */
    public static MigrationFile parse(String file, byte[] bytes, Path folder) {
        return Document.read(file, bytes, Document.MIGRATION, new MigrationLoader(folder)::spec);
    }

    private MigrationFile spec(String name, Fields spec) {
        List<SourceConfig> sources = sources(spec);
        spec.require("target", ", where VMs go to");
        Fields to = spec.fields("target").orElse(null);
        String namespace = to == null ? MigrationFile.DEFAULT_NAMESPACE : namespace(to);
        TargetConfig target = to == null ? new TargetConfig(name, "", none()) : target(name, to);
        Selection select = spec.fields("select").map(MigrationLoader::selection).orElse(Selection.ALL);
        @Nullable Path rulesFile = path(spec, "rules").orElse(null);
        @Nullable
        MappingRules mapping = spec.fields("mapping")
                .map(fields -> RulesLoader.spec(name, fields))
                .orElse(null);
        if (spec.has("rules") && spec.has("mapping")) {
            spec.problem(
                    RulesError.CONFIG_CONTRADICTION,
                    spec.at("mapping"),
                    "rules come from a file ('rules') or stand here ('mapping'), both are given",
                    "Remove one of the two.");
        }
        Transfer transfer =
                spec.fields("transfer").map(MigrationLoader::transfer).orElse(Transfer.DEFAULT);
        Policy policy = spec.fields("policy").map(MigrationLoader::policy).orElse(Policy.DEFAULT);
        List<VmOverride> overrides = OverrideReader.read(spec);
        Path store = path(spec, "store").orElse(folder.resolve(".vmferry").resolve("store"));
        spec.end();
        return new MigrationFile(
                name, sources, target, namespace, select, rulesFile, mapping, transfer, policy, overrides, store);
    }

    private Optional<Path> path(Fields fields, String key) {
        return fields.value(key, fields.path(key), "a path", text -> {
            try {
                return folder.resolve(text).normalize();
            } catch (InvalidPathException e) {
                throw new Fields.BadValue(e.getReason());
            }
        });
    }

    private List<SourceConfig> sources(Fields spec) {
        spec.require("sources", ", the list of places that VMs come from");
        List<SourceConfig> sources = new ArrayList<>();
        Map<String, Position> names = new HashMap<>();
        for (Fields source : spec.list("sources")) {
            source.require("name", "");
            source.require("type", " (files)");
            String name = source.value("name", source.path("name"), Values.QUALIFIED_NAME, Values::qualifiedName)
                    .orElse("");
            String type = source.text("type").orElse("");
            Position before = names.putIfAbsent(name, source.at("name"));
            if (before != null && !name.isEmpty()) {
                source.problem(
                        RulesError.CONFIG_CONTRADICTION,
                        source.valueAt("name"),
                        "the name '" + name + "' is taken by the source in line " + before.line(),
                        "Give each source its own name.");
            }
            Settings settings = new SettingsReader(folder).rest(source);
            sources.add(new SourceConfig(name, type, settings));
        }
        if (spec.isEmptyList("sources")) {
            spec.problem(
                    RulesError.CONFIG_MISSING_KEY,
                    spec.valueAt("sources"),
                    "spec.sources names no source",
                    "Add one: '- {name: exports, type: files, paths: [./exports]}'.");
        }
        return sources;
    }

    private static String namespace(Fields target) {
        return target.value("namespace", target.path("namespace"), Values.NAME, Values::name)
                .orElse(MigrationFile.DEFAULT_NAMESPACE);
    }

    private Settings none() {
        return new Settings(Map.of(), folder);
    }

    /** The connector's own keys; the namespace is ours. */
    private TargetConfig target(String migration, Fields target) {
        target.require("type", " (directory)");
        String type = target.text("type").orElse("");
        return new TargetConfig(migration, type, new SettingsReader(folder).rest(target));
    }

    private static Selection selection(Fields select) {
        List<VmMatch> include =
                select.list("include").stream().map(MatchReader::selected).toList();
        List<VmMatch> exclude =
                select.list("exclude").stream().map(MatchReader::selected).toList();
        select.end();
        return new Selection(include, exclude);
    }

    private static Transfer transfer(Fields transfer) {
        Transfer usual = Transfer.DEFAULT;
        Transfer.Format format = transfer.oneOf("format", Transfer.Format.class).orElse(usual.format());
        Transfer.Compression compression =
                transfer.oneOf("compression", Transfer.Compression.class).orElse(usual.compression());
        int vms = transfer.integer("parallelVms", 1, MOST_PARALLEL).orElse(usual.parallelVms());
        int disks = transfer.integer("parallelDisks", 1, MOST_PARALLEL).orElse(usual.parallelDisks());
        OptionalInt threads = transfer.value(
                        "threads",
                        transfer.path("threads"),
                        "auto, or a whole number from 1 to " + MOST_PARALLEL,
                        text -> text.equals("auto")
                                ? OptionalInt.empty()
                                : OptionalInt.of(Fields.number(text, 1, MOST_PARALLEL)))
                .orElse(usual.threads());
        boolean compresses = compression == Transfer.Compression.ZLIB || compression == Transfer.Compression.ZSTD;
        if (format == Transfer.Format.RAW && compresses) {
            transfer.problem(
                    RulesError.CONFIG_CONTRADICTION,
                    transfer.at("compression"),
                    transfer.path("compression") + ": format raw holds no compressed blocks",
                    "Write 'compression: none', or 'format: qcow2'.");
        }
        transfer.end();
        return new Transfer(format, compression, vms, disks, threads);
    }

    private static Policy policy(Fields policy) {
        Policy usual = Policy.DEFAULT;
        boolean start = policy.bool("start").orElse(usual.start());
        Profile profile = policy.oneOf("profile", Profile.class).orElse(usual.profile());
        List<Policy.Gate> gates = policy.has("gates") && policy.isEmptyList("gates")
                ? List.of()
                : policy.values("gates", "transfer or accept", MigrationLoader::gate);
        Policy.OnFailure onFailure =
                policy.oneOf("onFailure", Policy.OnFailure.class).orElse(usual.onFailure());
        SourcePolicy source = source(policy, usual.source());
        policy.end();
        return new Policy(start, profile, new LinkedHashSet<>(gates), onFailure, source);
    }

    private static SourcePolicy source(Fields policy, SourcePolicy usual) {
        SourcePolicy.Running running =
                policy.oneOf("running", SourcePolicy.Running.class).orElse(usual.running());
        Duration timeout = policy.value(
                        "shutdownTimeout", policy.path("shutdownTimeout"), Values.TIME_SPAN, Values::duration)
                .orElse(usual.shutdownTimeout());
        SourcePolicy.WhenStuck whenStuck =
                policy.oneOf("whenStuck", SourcePolicy.WhenStuck.class).orElse(usual.whenStuck());
        boolean disconnect = policy.bool("disconnectNics").orElse(usual.disconnectNics());
        boolean restore = policy.bool("restoreOnFailure").orElse(usual.restoreOnFailure());
        return new SourcePolicy(running, timeout, whenStuck, disconnect, restore);
    }

    private static Policy.Gate gate(String text) {
        Policy.Gate gate = Words.of(Policy.Gate.class).get(text);
        if (gate == null) {
            throw new Fields.BadValue("");
        }
        return gate;
    }
}
