package io.vmferry.simulator.vsphere.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that the simulator speaks of, read from {@code vim.schema}: what decides the order of fields, where a type must be
 * said, which paths exist, and what an older client gets to see.
 *
 * <p>Immutable.
 */
public final class Schema {
    private static final Schema VIM = load();
    /** Names of types on the wire that are XML Schema's own. */
    private static final Map<String, String> PRIMITIVES = Map.ofEntries(
            Map.entry("string", "xsd:string"),
            Map.entry("int", "xsd:int"),
            Map.entry("long", "xsd:long"),
            Map.entry("short", "xsd:short"),
            Map.entry("byte", "xsd:byte"),
            Map.entry("boolean", "xsd:boolean"),
            Map.entry("float", "xsd:float"),
            Map.entry("double", "xsd:double"),
            Map.entry("dateTime", "xsd:dateTime"),
            Map.entry("base64Binary", "xsd:base64Binary"),
            Map.entry("anyType", "xsd:anyType"));

    private final Map<String, Type> types;

    /**
     * @param type of one element, for arrays
     * @param since null: older than 6.0
     */
    public record Field(
            String name,
            String type,
            boolean array,
            @Nullable ApiVersion since) {
        boolean in(ApiVersion version) {
            return since == null || since.compareTo(version) <= 0;
        }
    }

    /** @param fields of the base types first, in the order of the wire */
    public record Type(
            String name, @Nullable Type base, @Nullable ApiVersion since, Map<String, Field> fields) {
        /** This type, or the nearest base that a client of that version knows. */
        Type in(ApiVersion version) {
            Type type = this;
            while (type.since != null && type.since.compareTo(version) > 0 && type.base != null) {
                type = type.base;
            }
            return type;
        }

        /** Whether it is a type or derived from it. */
        public boolean is(String ancestor) {
            for (Type type = this; type != null; type = type.base) {
                if (type.name.equals(ancestor)) {
                    return true;
                }
            }
            return false;
        }
    }

    private Schema(Map<String, Type> types) {
        this.types = types;
    }

    public static Schema vim() {
        return VIM;
    }

    public Type type(String name) {
        Type type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no type " + name);
        }
        return type;
    }

    public @Nullable Type find(String name) {
        return types.get(name);
    }

    /** The name in {@code xsi:type} for a type that is named in the table. */
    static String wireName(String type) {
        return PRIMITIVES.getOrDefault(type, type);
    }

    /**
     * Whether a property path such as {@code config.hardware.device} exists in a version. Below what the table does not list,
     * every path counts as known.
     */
    public boolean hasPath(String managedType, String path, ApiVersion version) {
        @Nullable Type type = types.get(managedType);
        for (String step : path.split("\\.", -1)) {
            if (type == null) {
                return true;
            }
            Field field = type.fields().get(step.replaceFirst("\\[.*]$", ""));
            if (field == null || !field.in(version)) {
                return false;
            }
            type = types.get(field.type());
        }
        return true;
    }

    /** The declared type of what a path leads to, {@code anyType} where the table does not list it. */
    public Field at(String managedType, String path) {
        @Nullable Type type = types.get(managedType);
        Field field = new Field(path, "anyType", false, null);
        for (String step : path.split("\\.", -1)) {
            Field next = type == null ? null : type.fields().get(step.replaceFirst("\\[.*]$", ""));
            if (next == null) {
                return new Field(path, "anyType", false, null);
            }
            field = next;
            type = types.get(field.type());
        }
        return field;
    }

    private static Schema load() {
        Map<String, String> heads = new LinkedHashMap<>();
        Map<String, StringBuilder> bodies = new HashMap<>();
        InputStream file = Schema.class.getResourceAsStream("vim.schema");
        if (file == null) {
            throw new IllegalStateException("vim.schema is not on the classpath");
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            StringBuilder body = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("  ")) {
                    body.append(line);
                } else if (!line.startsWith("#")) {
                    String name = line.split("[@ ]", 2)[0];
                    heads.put(name, line);
                    body = new StringBuilder();
                    bodies.put(name, body);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Type> types = new HashMap<>();
        for (String name : heads.keySet()) {
            build(name, heads, bodies, types);
        }
        return new Schema(Map.copyOf(types));
    }

    private static Type build(
            String name, Map<String, String> heads, Map<String, StringBuilder> bodies, Map<String, Type> types) {
        Type known = types.get(name);
        String head = heads.get(name);
        if (known != null) {
            return known;
        }
        if (head == null) {
            throw new IllegalStateException("vim.schema does not list " + name);
        }
        String[] parts = head.split(" < ");
        @Nullable Type base = parts.length == 2 ? build(parts[1].trim(), heads, bodies, types) : null;
        Map<String, Field> fields = new LinkedHashMap<>(base == null ? Map.of() : base.fields());
        for (String word : String.valueOf(bodies.get(name)).trim().split(" +")) {
            if (!word.isEmpty()) {
                Field field = field(word);
                fields.put(field.name(), field);
            }
        }
        Type type = new Type(name, base, since(parts[0].trim()), fields);
        types.put(name, type);
        return type;
    }

    private static Field field(String word) {
        String[] parts = word.split("[:@]");
        boolean array = parts[1].endsWith("[]");
        return new Field(parts[0], parts[1].replace("[]", ""), array, since(word));
    }

    private static @Nullable ApiVersion since(String word) {
        int at = word.indexOf('@');
        return at < 0 ? null : ApiVersion.parse(word.substring(at + 1));
    }
}
