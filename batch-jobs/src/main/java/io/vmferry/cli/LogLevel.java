package io.vmferry.cli;

/** How much of what libraries log reaches the terminal. Read by logback.xml when the first logger is made. */
final class LogLevel {
    private LogLevel() {}

    static void set(boolean verbose) {
        System.setProperty("vmferry.log", verbose ? "INFO" : "OFF");
    }
}
