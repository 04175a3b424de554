package io.vmferry.rules.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a name must look like: one of the globs, and one of the regular expressions. An empty list asks for nothing.
 */
public record TextMatch(List<TextPattern> globs, List<TextPattern> regexes) {
    /** Asks for nothing. */
    public static final TextMatch ANY = new TextMatch(List.of(), List.of());

    public TextMatch {
        globs = List.copyOf(globs);
        regexes = List.copyOf(regexes);
    }

    public static TextMatch globs(String... patterns) {
        return new TextMatch(
                List.of(patterns).stream().<TextPattern>map(Glob::new).toList(), List.of());
    }

    public boolean isAny() {
        return globs.isEmpty() && regexes.isEmpty();
    }

    /**
     * Whether a name is as it must be.
     *
     * @param text null: the source has no such fact, which satisfies no condition on it
     */
    public boolean matches(@Nullable String text) {
        if (isAny()) {
            return true;
        }
        return text != null && any(globs, text) && any(regexes, text);
    }

    private static boolean any(List<TextPattern> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(text));
    }
}
