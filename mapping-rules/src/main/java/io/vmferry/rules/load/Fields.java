package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.rules.load.YamlNode.Entry;
import io.vmferry.rules.load.YamlNode.Items;
import io.vmferry.rules.load.YamlNode.Keys;
import io.vmferry.rules.load.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys of one mapping, read one by one; what was never asked for is an unknown key. Problems are collected, never thrown,
 * and a value that has one reads as absent. Not safe for several threads.
 */
final class Fields {
    private static final String DOCUMENT = "the document";

    private final Problems problems;
    private final String path;
    private final Position at;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final boolean readable;

    /**
     * @param path where it stands, in words of the file: {@code spec.sources[0]}
     */
    Fields(YamlNode node, String path, Problems problems) {
        this.problems = problems;
        this.path = path;
        this.at = node.at();
        this.readable = node instanceof Keys;
        if (node instanceof Keys keys) {
            keys.entries().forEach(entry -> entries.put(entry.key(), entry));
        } else {
            wrongType(node, path.isEmpty() ? DOCUMENT : path, "a mapping (key: value)");
        }
    }

    Position at() {
        return at;
    }

    /** Whether it is a mapping at all. */
    boolean isReadable() {
        return readable;
    }

    /** Where a key's value stands; the mapping itself when it is absent. */
    Position valueAt(String key) {
        Entry entry = entries.get(key);
        return entry == null ? at : entry.value().at();
    }

    /** Where a key stands; the mapping itself when it is absent. */
    Position at(String key) {
        Entry entry = entries.get(key);
        return entry == null ? at : entry.at();
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    Optional<YamlNode> node(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** What was not asked for yet, for callers that take any key. */
    List<Entry> rest() {
        List<Entry> rest = entries.values().stream()
                .filter(entry -> !known.contains(entry.key()))
                .toList();
        rest.forEach(entry -> known.add(entry.key()));
        return rest;
    }

    /** Reports every key that was never asked for. Call it last. */
    void end() {
        for (Entry entry : entries.values()) {
            if (!known.contains(entry.key())) {
                String meant = Nearest.to(entry.key(), known)
                        .map(word -> "; did you mean '" + word + "'? Allowed here: ")
                        .orElse("; allowed here: ");
                problem(
                        RulesError.CONFIG_UNKNOWN_KEY,
                        entry.at(),
                        "unknown key '" + entry.key() + "' in " + here() + meant + String.join(", ", known),
                        "Correct the spelling, or remove the line.");
            }
        }
    }

    private String here() {
        return path.isEmpty() ? DOCUMENT : path;
    }

    void problem(RulesError code, Position where, String sentence, String remedy) {
        problems.add(code, where, sentence, remedy);
    }

    // ------------------------------------------------------------------ single values

    Optional<String> text(String key) {
        return value(key, path(key), "text", text -> text);
    }

    String requiredText(String key) {
        require(key, "");
        return text(key).orElse("");
    }

    /** Reports the key as missing when it is. */
    void require(String key, String hint) {
        if (readable && !has(key)) {
            problem(
                    RulesError.CONFIG_MISSING_KEY,
                    at,
                    here() + " lacks the key '" + key + "'" + hint,
                    "Add '" + key + ": ...' here.");
        }
    }

    Optional<Boolean> bool(String key) {
        return oneOf(key, Map.of("true", true, "false", false), List.of("true", "false"));
    }

    Optional<Integer> integer(String key, int least, int most) {
        String wanted = "a whole number from " + least + " to " + most;
        return value(key, path(key), wanted, text -> number(text, least, most));
    }

    static int number(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through: the caller's sentence says what is wanted
        }
        throw new BadValue("");
    }

    /** An enum by its constants in lower case, {@code _} written as {@code -}. */
    <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        Map<String, E> words = Words.of(type);
        return oneOf(key, words, words.keySet());
    }

    <V> Optional<V> oneOf(String key, Map<String, V> meaning, Iterable<String> inOrder) {
        List<String> words = new ArrayList<>();
        inOrder.forEach(words::add);
        String wanted = "one of " + String.join(", ", words);
        return value(key, path(key), wanted, text -> {
            V found = meaning.get(text);
            if (found == null) {
                throw new BadValue(Nearest.to(text, words)
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse(""));
            }
            return found;
        });
    }

    /** @param wanted what is allowed, in words */
    <V> Optional<V> value(String key, String where, String wanted, Function<String, V> parse) {
        return node(key).flatMap(node -> value(node, where, wanted, parse));
    }

    <V> Optional<V> value(YamlNode node, String where, String wanted, Function<String, V> parse) {
        if (!(node instanceof Scalar scalar) || scalar.isNull()) {
            wrongType(node, where, wanted);
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(scalar.text()));
        } catch (BadValue e) {
            String why = e.why.isEmpty() ? "" : "; " + e.why;
            problems.add(
                    e.code,
                    node.at(),
                    where + " is " + scalar.what() + ", allowed is " + wanted + why,
                    "Write " + wanted + ".");
            return Optional.empty();
        }
    }

    // ------------------------------------------------------------------ several values

    /** A list of values; a single one counts as a list of one. */
    <V> List<V> values(String key, String wanted, Function<String, V> parse) {
        return node(key).map(node -> values(node, path(key), wanted, parse)).orElse(List.of());
    }

    <V> List<V> values(YamlNode node, String where, String wanted, Function<String, V> parse) {
        if (!(node instanceof Items items)) {
            return value(node, where, wanted, parse).stream().toList();
        }
        if (items.items().isEmpty()) {
            wrongType(node, where, wanted);
        }
        List<V> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            value(items.items().get(i), where + "[" + i + "]", wanted, parse).ifPresent(values::add);
        }
        return values;
    }

    boolean isEmptyList(String key) {
        return node(key)
                .filter(node -> node instanceof Items items && items.items().isEmpty())
                .isPresent();
    }

    /** A mapping below this one; absent when the key is. */
    Optional<Fields> fields(String key) {
        return node(key).map(node -> new Fields(node, path(key), problems));
    }

    /** A list of mappings. */
    List<Fields> list(String key) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Items items)) {
            wrongType(node, path(key), "a list (lines that begin with '- ')");
            return List.of();
        }
        List<Fields> list = new ArrayList<>();
        for (YamlNode item : items.items()) {
            list.add(new Fields(item, path(key) + "[" + list.size() + "]", problems));
        }
        return list;
    }

    private void wrongType(YamlNode node, String where, String wanted) {
        String found = node instanceof Items items && items.items().isEmpty() ? "an empty list" : node.what();
        problems.add(
                RulesError.CONFIG_WRONG_TYPE,
                node.at(),
                where + " is " + found + ", expected is " + wanted,
                path.isEmpty() && where.equals(DOCUMENT)
                        ? "Begin with 'apiVersion: vmferry.io/v1'; examples/ has complete files."
                        : "Write " + wanted + ", or remove the key.");
    }

    /** Thrown by parsers of values; what is allowed is known to their caller. */
    static final class BadValue extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient RulesError code;
        private final String why;

        /** @param why added to the message; may be empty */
        BadValue(String why) {
            this(RulesError.CONFIG_BAD_VALUE, why);
        }

        BadValue(RulesError code, String why) {
            super(why, null, false, false);
            this.code = code;
            this.why = why;
        }

        String why() {
            return why;
        }
    }
}
