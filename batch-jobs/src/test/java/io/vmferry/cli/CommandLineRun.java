package io.vmferry.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A command line run in this JVM, with what it printed. */
record CommandLineRun(int exitCode, String out, String err) {
    static CommandLineRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandLineRun(code, out.toString(), err.toString());
    }

    static CommandLineRun of(List<String> args) {
        return of(args.toArray(String[]::new));
    }

    String all() {
        return out + err;
    }
}
