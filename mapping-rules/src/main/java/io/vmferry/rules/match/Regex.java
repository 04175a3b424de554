package io.vmferry.rules.match;

import io.vmferry.rules.error.RulesError;
import io.vmferry.spi.error.VmferryException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that cannot hang: the characters it looks at are counted, and past a budget that no sane expression
 * needs for a name it is an error. The count, unlike a clock, gives the same answer on every machine.
 */
public final class Regex implements TextPattern {
    /** Looks at characters: a tenth of a second. Two stars in a name of 300 characters need half of it at worst. */
    private static final int BUDGET = 10_000_000;

    /** Names are shorter; it also keeps the engine's recursion on alternations away from the end of the stack. */
    private static final int LONGEST = 1024;

    private static final int PROBE = 40;

    private final Pattern compiled;

    /**
     * @throws PatternSyntaxException when it is no regular expression
     * @throws VmferryException when it is one that backtracks without bound
     */
    public Regex(String pattern) {
        this.compiled = Pattern.compile(pattern);
        for (String unit : new String[] {"a", "0", "-", "/", firstLetters(pattern)}) {
            matches(unit.repeat(PROBE) + "\u0001");
        }
    }

    /** Runs of what the expression itself looks for are what makes it backtrack. */
    private static String firstLetters(String pattern) {
        String letters = pattern.replaceAll("\\\\.", "").replaceAll("[^\\p{L}\\p{N}]", "");
        return letters.isEmpty() ? "x" : letters.substring(0, letters.offsetByCodePoints(0, 1));
    }

    @Override
    public String pattern() {
        return compiled.pattern();
    }

    /** True when it is found anywhere in the text; write {@code ^} and {@code $} to match all of it. */
    @Override
    public boolean matches(String text) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        try {
            return compiled.matcher(new Counted(bounded, new AtomicInteger(BUDGET)))
                    .find();
        } catch (OutOfBudget | StackOverflowError e) {
            throw new VmferryException(
                    RulesError.RULES_REGEX,
                    "regular expression '" + pattern() + "'",
                    "it needs more than " + BUDGET + " steps for a name of " + bounded.length()
                            + " characters, so it could take practically forever",
                    "Remove repetitions inside or beside repetitions, such as (.+)+ or .*.*.");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regex regex && regex.pattern().equals(pattern());
    }

    @Override
    public int hashCode() {
        return pattern().hashCode();
    }

    @Override
    public String toString() {
        return "Regex[" + pattern() + "]";
    }

    private static final class OutOfBudget extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfBudget() {
            super(null, null, false, false);
        }
    }

    /** @param left one counter for all parts of a text */
    private record Counted(String text, AtomicInteger left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (left.decrementAndGet() < 0) {
                throw new OutOfBudget();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
