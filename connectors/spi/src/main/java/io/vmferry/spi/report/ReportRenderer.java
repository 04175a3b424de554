package io.vmferry.spi.report;

import java.io.OutputStream;
import java.util.Locale;

/** Turns a report model into bytes. Stateless. */
public interface ReportRenderer {
    /** File name extension: {@code html}, {@code json}, {@code csv}. */
    String extension();

    /** @param locale English or Simplified Chinese; formats for machines ignore it */
    void plan(PlanReport report, Locale locale, OutputStream out);

    void run(RunReport report, Locale locale, OutputStream out);
}
