package io.vmferry.rules.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a VM goes.
 *
 * @param namespace null: the target's default
 * @param labels and annotations for the VM on the target
 */
public record PlacementTarget(@Nullable String namespace, Map<String, String> labels, Map<String, String> annotations) {
    public PlacementTarget {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }
}
