package io.vmferry.kubevirt.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of one object in the order they are put; what is null or has nothing to say is left out. Used by one thread. */
public final class Fields {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public static Fields with(String name, @Nullable Object value) {
        return new Fields().and(name, value);
    }

    public Fields and(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value instanceof Fields nested ? nested.map() : value);
        }
        return this;
    }

    /** An object without fields, which switches something on: {@code tpm: {}}. */
    public Fields empty(String name) {
        return and(name, Map.of());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public Map<String, Object> map() {
        return fields;
    }
}
