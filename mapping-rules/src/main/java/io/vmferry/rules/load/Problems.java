package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, so that a reader sees all of it at once. */
final class Problems {
    /** More than this helps nobody: the first ones are usually the cause of the rest. */
    private static final int MOST = 50;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** @param file as the user named it */
    Problems(String file) {
        this.file = file;
    }

    void add(RulesError code, Position at, String sentence, String remedy) {
        if (found.size() < MOST) {
            found.add(new Problem(code, at.line(), at.column(), sentence, remedy));
        }
    }

    boolean has(RulesError code) {
        return found.stream().anyMatch(problem -> problem.code() == code);
    }

    /** For what makes reading on pointless. */
    InvalidFileException fatal(RulesError code, Position at, String sentence, String remedy) {
        add(code, at, sentence, remedy);
        return exception();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    private InvalidFileException exception() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new InvalidFileException(file, sorted);
    }
}
