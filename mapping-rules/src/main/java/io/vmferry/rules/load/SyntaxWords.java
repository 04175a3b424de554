package io.vmferry.rules.load;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a YAML parser's words into those of a person who edits a file. */
final class SyntaxWords {
    private SyntaxWords() {}

    private static final Pattern TOKEN = Pattern.compile("<([a-z ]+)>");

    /** By how the parser's sentence begins. */
    private static final List<Map.Entry<String, String>> SENTENCES = List.of(
            Map.entry(
                    "mapping values are not allowed here",
                    "a ':' has no place here (a missing quote, or a line indented too far?)"),
            Map.entry(
                    "sequence entries are not allowed here",
                    "a '-' has no place here (a list begins on a line of its own)"),
            Map.entry("could not find expected ':'", "a ':' is missing after the key"),
            Map.entry("found unexpected end of stream", "the file ends inside quotes"),
            Map.entry(
                    "expected <block end>, but found",
                    "this line is indented differently from those it belongs to, or a bracket or quote above it is not closed"),
            Map.entry("expected ',' or ']'", "a ',' or ']' is missing"),
            Map.entry("expected ',' or '}'", "a ',' or '}' is missing"));

    private static final Map<String, String> TOKENS = Map.of(
            "block end", "the end of this block",
            "block mapping start", "a key that is indented further",
            "block sequence start", "a list that is indented further",
            "block entry", "'-'",
            "document start", "'---'",
            "scalar", "a value",
            "stream end", "the end of the file");

    static String plain(@Nullable String problem) {
        if (problem == null) {
            return "it cannot be read";
        }
        for (Map.Entry<String, String> sentence : SENTENCES) {
            if (problem.startsWith(sentence.getKey())) {
                return sentence.getValue();
            }
        }
        return TOKEN.matcher(problem)
                .replaceAll(token -> TOKENS.getOrDefault(token.group(1), token.group(1)))
                .replaceAll("''", "'");
    }
}
