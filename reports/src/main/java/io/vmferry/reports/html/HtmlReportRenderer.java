package io.vmferry.reports.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.vmferry.reports.text.Words;
import io.vmferry.reports.view.Page;
import io.vmferry.reports.view.PlanPage;
import io.vmferry.reports.view.RunPage;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.ReportRenderer;
import io.vmferry.spi.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * One page in one file: it loads nothing, runs no script and says so in its own content security policy. Safe for many
 * threads.
 */
public final class HtmlReportRenderer implements ReportRenderer {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, HtmlReportRenderer.class.getClassLoader(), "io.vmferry.reports.templates");

    private final ZoneId zone;

    /** Gives times of day in this machine's zone. */
    public HtmlReportRenderer() {
        this(ZoneId.systemDefault());
    }

    public HtmlReportRenderer(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String extension() {
        return "html";
    }

    @Override
    public void plan(PlanReport report, Locale locale, OutputStream out) {
        Words words = Words.of(locale);
        write(PlanPage.of(report, words, zone), words, out);
    }

    @Override
    public void run(RunReport report, Locale locale, OutputStream out) {
        Words words = Words.of(locale);
        write(RunPage.of(report, words, zone), words, out);
    }

    private static void write(Page page, Words words, OutputStream out) {
        Utf8ByteOutput html = new Utf8ByteOutput();
        TEMPLATES.render("report.jte", Map.of("page", page, "words", words, "style", StyleSheet.CONTENT), html);
        try {
            html.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw IoFailure.writing("HTML report", e);
        }
    }
}
