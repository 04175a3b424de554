package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which fields of a document a version does not have. Strict: a field that is not listed is unknown. */
final class AllowedFields {
    private final Map<String, Version> since = new LinkedHashMap<>();

    AllowedFields(String resource) {
        try (InputStream in = AllowedFields.class.getResourceAsStream(resource)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int space = line.indexOf(' ');
                        String field = space < 0 ? line : line.substring(0, space);
                        since.put(
                                field,
                                Version.parse(line.substring(field.length())).orElse(new Version(0, 50)));
                    });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    List<String> unknown(Object document, Version version) {
        List<String> unknown = new ArrayList<>();
        walk("", document, version, unknown);
        return unknown;
    }

    private void walk(String path, Object value, Version version, List<String> unknown) {
        if (value instanceof Map<?, ?> map) {
            if (map.isEmpty()) {
                leaf(path + "{}", version, unknown);
            }
            map.forEach(
                    (key, child) -> walk(path.isEmpty() ? key.toString() : path + "." + key, child, version, unknown));
        } else if (value instanceof List<?> list) {
            list.forEach(child -> walk(path + "[]", child, version, unknown));
        } else {
            leaf(path, version, unknown);
        }
    }

    private void leaf(String path, Version version, List<String> unknown) {
        // Keys of labels and annotations have dots, so the last part is cut by the parent's name.
        String open = path.replaceFirst("(labels|annotations)\\..*", "$1.*");
        Version first = since.get(open);
        if (first == null || !version.atLeast(first)) {
            unknown.add(path);
        }
    }
}
