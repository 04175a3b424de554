package io.vmferry.rules.load;

import io.vmferry.spi.error.VmferryException;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with one file. Code and subject are those of the first problem. */
public final class InvalidFileException extends VmferryException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems in the file's order, at least one */
    InvalidFileException(String file, List<Problem> problems) {
        super(problems.get(0).code(), subject(file, problems), reason(file, problems), remedy(problems));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static String subject(String file, List<Problem> problems) {
        return problems.size() == 1 ? place(file, problems.get(0)) : file;
    }

    private static String reason(String file, List<Problem> problems) {
        if (problems.size() == 1) {
            return problems.get(0).sentence();
        }
        return problems.size() + " things are wrong"
                + problems.stream()
                        .map(problem -> "\n  " + place(file, problem) + ": " + problem.sentence())
                        .collect(Collectors.joining());
    }

    private static String remedy(List<Problem> problems) {
        return problems.size() == 1
                ? problems.get(0).remedy()
                : "Correct these places, then run the same command again.";
    }

    private static String place(String file, Problem problem) {
        return file + ":" + problem.line() + ":" + problem.column();
    }
}
