package io.vmferry.rules.load;

import java.util.List;

/**
 * A piece of a YAML document that knows where it stands.
 *
 * <p>Scalars keep the text that was written, whatever type YAML would guess from it: {@code version: 1.10} stays 1.10, and
 * {@code no} stays a word.
 */
sealed interface YamlNode {
    Position at();

    /** In words, for messages: {@code a list}. */
    String what();

    /**
     * A single value as it was written.
     *
     * @param quoted or a block scalar: then it is text for certain
     */
    record Scalar(Position at, String text, boolean quoted) implements YamlNode {
        /** Nothing was written after the key, or YAML's word for nothing. */
        boolean isNull() {
            return !quoted
                    && (text.isEmpty()
                            || text.equals("~")
                            || text.equals("null")
                            || text.equals("Null")
                            || text.equals("NULL"));
        }

        @Override
        public String what() {
            if (isNull()) {
                return "nothing";
            }
            String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
            return "'" + shown.replaceAll("\\s+", " ") + "'";
        }
    }

    /** A list. */
    record Items(Position at, List<YamlNode> items) implements YamlNode {
        @Override
        public String what() {
            return "a list";
        }
    }

    /** A mapping of keys to values, in the order of the file, without repetitions. */
    record Keys(Position at, List<Entry> entries) implements YamlNode {
        @Override
        public String what() {
            return "a mapping (key: value)";
        }
    }

    /** A key with its value. */
    record Entry(Position at, String key, YamlNode value) {}
}
