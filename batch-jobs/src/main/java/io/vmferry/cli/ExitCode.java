package io.vmferry.cli;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.report.RunState;

/** Exit codes of all commands; documented in the user guide. */
final class ExitCode {
    static final int DONE = 0;
    static final int SOME_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int BLOCKED = 3;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(ErrorCategory category) {
        return switch (category) {
            case CANCELLED -> INTERRUPTED;
            case INTERNAL -> SOME_FAILED;
            default -> BAD_INPUT;
        };
    }

    static int of(RunState state) {
        return switch (state) {
            case DONE, ADOPTED -> DONE;
            case FAILED -> SOME_FAILED;
            case BLOCKED -> BLOCKED;
            // A VM that waits at a gate is no failure: the answer is still to come.
            case WAITING -> DONE;
            case PENDING, RUNNING, STOPPED -> INTERRUPTED;
        };
    }
}
