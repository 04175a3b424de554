package io.vmferry.rules.match;

/**
 * A name in which {@code *} stands for anything, also nothing, and {@code ?} for one character. Everything else stands for
 * itself; upper and lower case differ.
 */
public record Glob(String pattern) implements TextPattern {

    /** Goes back to the last star only, so it takes at most length times length steps. */
    @Override
    public boolean matches(String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
