package io.vmferry.cli;

import picocli.CommandLine.Option;

/** What a command prints: a table for people, or JSON for machines. */
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "What is printed: ${COMPLETION-CANDIDATES}.")
    OutputFormat format = OutputFormat.table;

    boolean json() {
        return format == OutputFormat.json;
    }
}
