package io.vmferry.simulator.vsphere.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data object of vim25. Values are strings (also for enumerations), boxed numbers and booleans, {@link java.time.Instant},
 * {@link MoRef}, {@link Typed}, other data objects, or lists of these; a field without a value is left out on the wire. The
 * order of fields is the schema's, whatever the order in which they are set.
 *
 * <p>Used by one thread.
 */
public final class Data {
    private final Schema.Type type;
    private final Map<String, Object> values = new HashMap<>();

    private Data(Schema.Type type) {
        this.type = type;
    }

    public static Data of(String type) {
        return new Data(Schema.vim().type(type));
    }

    /** @param value null or an empty list leaves the field out */
    public Data set(String field, @Nullable Object value) {
        if (!type.fields().containsKey(field)) {
            throw new IllegalArgumentException(type.name() + " has no field " + field);
        }
        if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
            values.put(field, value);
        }
        return this;
    }

    public @Nullable Object get(String field) {
        return values.get(field);
    }

    public Schema.Type type() {
        return type;
    }
}
