package io.vmferry.reports.csv;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.ReportRenderer;
import io.vmferry.spi.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A row per disk, the facts of its VM repeated; a VM without disks has one row. */
public final class CsvReportRenderer implements ReportRenderer {
    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public void plan(PlanReport report, Locale locale, OutputStream out) {
        write(PlanTable.of(report), out);
    }

    @Override
    public void run(RunReport report, Locale locale, OutputStream out) {
        write(RunTable.of(report), out);
    }

    private static void write(String table, OutputStream out) {
        try {
            out.write(table.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw IoFailure.writing("CSV report", e);
        }
    }
}
