package io.vmferry.cli;

/** What {@code -o} takes. */
enum OutputFormat {
    table,
    json
}
