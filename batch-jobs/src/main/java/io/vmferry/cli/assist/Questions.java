package io.vmferry.cli.assist;

import java.util.Optional;
import java.util.function.Predicate;

/** Whoever answers: a person at the keyboard, or nobody. */
public interface Questions {
    /** False when nobody is there; then nothing may be asked. */
    boolean anybody();

    /**
     * Asks until the answer is accepted.
     *
     * @param usual taken for an empty answer; empty: none
     * @return empty when the person left
     */
    Optional<String> ask(String question, String usual, Predicate<String> accepted, String hint);

    /** Yes or no; leaving counts as no. */
    boolean agree(String question);

    void say(String text);
}
