package io.vmferry.cli.assist;

import io.vmferry.rules.load.MigrationLoader;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The answers of an import as a migration file: the same one that a batch run takes, so nothing is done twice in the code. */
public final class ImportFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private final Path folder;
    private final String migration;
    private final Answers answers;

    /** @param migration name of the migration, a DNS label */
    public ImportFile(Path folder, String migration, Answers answers) {
        this.folder = folder;
        this.migration = migration;
        this.answers = answers;
    }

    /** Beside the migration file that it begins from, where there is one, so that relative paths stay what they are. */
    public Path path() {
        return base().map(file -> file.resolveSibling(migration + ".yaml")).orElse(folder.resolve("migration.yaml"));
    }

    private Optional<Path> base() {
        return answers.get("file").map(Path::of);
    }

    /** Writes the file anew from the answers and reads it as any other. */
    public MigrationFile write() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "vmferry.io/v1");
        document.put("kind", "Migration");
        document.put("metadata", Map.of("name", migration));
        document.put("spec", base().map(this::specOf).orElseGet(this::spec));
        String text = YAML.writeValueAsString(document);
        try {
            Files.createDirectories(folder);
            Files.writeString(path(), "# Written by 'vmferry import'; 'vmferry migrate -f' takes it as well.\n" + text);
        } catch (IOException e) {
            throw IoFailure.writing(path().toString(), e);
        }
        Path relativeTo = base().map(Path::getParent).orElse(folder);
        return MigrationLoader.parse(path().toString(), text.getBytes(StandardCharsets.UTF_8), relativeTo);
    }

    /** What the given migration file says, for one of its VMs, with the answers on top. */
    private Map<String, Object> specOf(Path file) {
        // Every mistake in it is reported with line and column; what follows may take it for granted.
        MigrationLoader.load(file);
        Map<String, Object> spec = map(YAML.readValue(file.toFile(), Map.class).get("spec"));
        String vm = answers.get("vm").orElseThrow();
        spec.put("select", Map.of("include", List.of(Map.of("name", literal(vm)))));
        Map<String, Object> target = map(spec.get("target"));
        answers.get("to").ifPresent(to -> target.put("path", to));
        answers.get("target-version").ifPresent(version -> target.put("version", version));
        answers.get("namespace").ifPresent(namespace -> target.put("namespace", namespace));
        spec.put("target", target);
        Map<String, Object> transfer = map(spec.get("transfer"));
        transfer.putAll(transfer());
        if (!transfer.isEmpty()) {
            spec.put("transfer", transfer);
        }
        Map<String, Object> policy = map(spec.get("policy"));
        // Somebody is there to be asked.
        policy.put("whenStuck", "ask");
        policy.putAll(policy());
        spec.put("policy", policy);
        List<Object> overrides = new ArrayList<>();
        if (spec.get("overrides") instanceof List<?> given) {
            given.stream()
                    .filter(entry -> !(entry instanceof Map<?, ?> one && vm.equals(one.get("vm"))))
                    .forEach(overrides::add);
        }
        overrides.add(override(vm));
        spec.put("overrides", overrides);
        spec.put("store", folder.resolve(".vmferry").resolve("store").toString());
        return spec;
    }

    private static Map<String, Object> map(@Nullable Object yaml) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (yaml instanceof Map<?, ?> given) {
            given.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    private Map<String, Object> transfer() {
        Map<String, Object> transfer = new LinkedHashMap<>();
        answers.get("format").ifPresent(format -> transfer.put("format", format));
        answers.get("compress").ifPresent(compression -> transfer.put("compression", compression));
        return transfer;
    }

    private Map<String, Object> policy() {
        Map<String, Object> policy = new LinkedHashMap<>();
        answers.get("profile").ifPresent(profile -> policy.put("profile", profile));
        answers.get("running").ifPresent(running -> policy.put("running", running));
        policy.put("gates", List.of("transfer", "accept"));
        return policy;
    }

    private Map<String, Object> spec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("name", "import");
        source.put("type", "files");
        source.put("paths", List.of(answers.get("source").orElseThrow()));
        spec.put("sources", List.of(source));
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("type", "directory");
        target.put("path", answers.get("to").orElseThrow());
        answers.get("target-version").ifPresent(version -> target.put("version", version));
        answers.get("namespace").ifPresent(namespace -> target.put("namespace", namespace));
        spec.put("target", target);
        answers.get("vm").ifPresent(vm -> spec.put("select", Map.of("include", List.of(Map.of("name", literal(vm))))));
        Map<String, Object> transfer = transfer();
        if (!transfer.isEmpty()) {
            spec.put("transfer", transfer);
        }
        spec.put("policy", policy());
        answers.get("vm").ifPresent(vm -> spec.put("overrides", List.of(override(vm))));
        return spec;
    }

    /** A VM's name as a pattern that means just that name. */
    private static String literal(String name) {
        return name.replaceAll("[*?]", "?");
    }

    private Map<String, Object> override(String vm) {
        Map<String, Object> override = new LinkedHashMap<>();
        override.put("vm", vm);
        answers.get("name").ifPresent(name -> override.put("name", name));
        List<Object> nics = new ArrayList<>();
        Map<String, Map<String, Object>> byPosition = new TreeMap<>();
        answers.under("network.")
                .forEach((nic, network) -> part(byPosition, nic).put("to", NetworkAnswer.target(network)));
        answers.under("ip.").forEach((nic, ip) -> part(byPosition, nic).put("ip", ip));
        answers.under("mac.").forEach((nic, mac) -> part(byPosition, nic).put("mac", mac));
        byPosition.forEach((nic, entry) -> {
            Map<String, Object> whole = new LinkedHashMap<>();
            whole.put("nic", Integer.parseInt(nic));
            whole.putAll(entry);
            nics.add(whole);
        });
        if (!nics.isEmpty()) {
            override.put("nics", nics);
        }
        List<Object> disks = new ArrayList<>();
        answers.under("storage.").forEach((disk, storageClass) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("disk", Integer.parseInt(disk));
            entry.put("storageClass", storageClass);
            disks.add(entry);
        });
        if (!disks.isEmpty()) {
            override.put("disks", disks);
        }
        return override;
    }

    private static Map<String, Object> part(Map<String, Map<String, Object>> parts, String key) {
        return parts.computeIfAbsent(key, position -> new LinkedHashMap<>());
    }
}
