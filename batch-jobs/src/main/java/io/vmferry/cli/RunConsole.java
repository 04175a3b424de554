package io.vmferry.cli;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Where a run's output goes and in what form.
 *
 * @param locale of the HTML report
 */
record RunConsole(PrintWriter out, PrintWriter err, boolean verbose, OutputFormat output, Locale locale) {}
