package io.vmferry.reports.html;

import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;

/** Pages as text, for tests. */
final class Html {
    private static final HtmlReportRenderer RENDERER = new HtmlReportRenderer(ZoneId.of("Asia/Shanghai"));

    private Html() {}

    static String plan(PlanReport report, Locale locale) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RENDERER.plan(report, locale, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String run(RunReport report, Locale locale) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RENDERER.run(report, locale, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What a reader sees: one line per text, without markup and style. */
    static String text(String html) {
        return html.replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("(?s)<[^>]*>", "\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (all, line) -> all + line + "\n");
    }
}
