package io.vmferry.spi.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connector's own keys from a migration file, as text. Nested keys are joined with a dot ({@code trust.caFile}), a single
 * value is a list of one. Never holds secrets: a setting names the file or variable that does.
 *
 * @param values key to values, in the file's order
 * @param baseFolder what relative paths are relative to: the folder of the file
 */
public record Settings(Map<String, List<String>> values, Path baseFolder) {
    public Settings {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        values = java.util.Collections.unmodifiableMap(copy);
    }

    public Optional<String> text(String key) {
        return values.getOrDefault(key, List.of()).stream().findFirst();
    }

    public List<String> list(String key) {
        return values.getOrDefault(key, List.of());
    }

    public Optional<Path> path(String key) {
        return text(key).map(this::resolve);
    }

    public List<Path> paths(String key) {
        return list(key).stream().map(this::resolve).toList();
    }

    private Path resolve(String text) {
        return baseFolder.resolve(text).normalize();
    }
}
