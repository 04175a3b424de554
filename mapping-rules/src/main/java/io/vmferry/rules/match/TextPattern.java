package io.vmferry.rules.match;

/** A condition on one name. */
public sealed interface TextPattern permits Glob, Regex {
    boolean matches(String text);

    /** As it was written. */
    String pattern();
}
