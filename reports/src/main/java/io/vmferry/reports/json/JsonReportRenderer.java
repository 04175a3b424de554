package io.vmferry.reports.json;

import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.ReportRenderer;
import io.vmferry.spi.report.RunReport;
import java.io.OutputStream;
import java.util.Locale;

/** The report itself, for machines: {@link JsonReports}. */
public final class JsonReportRenderer implements ReportRenderer {
    @Override
    public String extension() {
        return "json";
    }

    @Override
    public void plan(PlanReport report, Locale locale, OutputStream out) {
        JsonReports.writePlan(report, out);
    }

    @Override
    public void run(RunReport report, Locale locale, OutputStream out) {
        JsonReports.writeRun(report, out);
    }
}
