package io.vmferry.cli;

import io.vmferry.spi.error.VmferryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints one clear sentence for a failure; its cause only with {@code -v}. */
final class Errors implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        VmferryException coded = coded(failure);
        java.io.PrintWriter err = command.getErr();
        if (coded != null) {
            print(coded, err);
        } else {
            err.println("vmferry: unexpected failure: " + failure);
            err.println("  This is a defect. Run the same command again with -v and report what it prints.");
        }
        if (Main.verbose(command)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return coded == null ? ExitCode.SOME_FAILED : ExitCode.of(coded.code().category());
    }

    static void print(VmferryException failure, java.io.PrintWriter err) {
        err.println("vmferry: " + Table.printable(failure.subject()) + ": " + failure.reason() + ". ["
                + failure.code().name() + "]");
        err.println("  " + failure.remedy());
    }

    private static @org.jspecify.annotations.Nullable VmferryException coded(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof VmferryException coded) {
                return coded;
            }
        }
        return null;
    }
}
