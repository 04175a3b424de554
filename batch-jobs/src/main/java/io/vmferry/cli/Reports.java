package io.vmferry.cli;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.ReportRenderer;
import io.vmferry.spi.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/** Writes a report in all renderings that there are, each under its final name only when it is whole. */
final class Reports {
    private Reports() {}

    /** The file for people. */
    static Path write(PlanReport report, Path folder, Locale locale) {
        return writeAll(folder, (renderer, out) -> renderer.plan(report, locale, out));
    }

    static Path write(RunReport report, Path folder, Locale locale) {
        return writeAll(folder, (renderer, out) -> renderer.run(report, locale, out));
    }

    static String json(PlanReport report) {
        return text("json", (renderer, out) -> renderer.plan(report, Locale.ROOT, out));
    }

    static String json(RunReport report) {
        return text("json", (renderer, out) -> renderer.run(report, Locale.ROOT, out));
    }

    private interface Rendering {
        void render(ReportRenderer renderer, OutputStream out);
    }

    private static String text(String extension, Rendering rendering) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ReportRenderer renderer : renderers()) {
            if (renderer.extension().equals(extension)) {
                rendering.render(renderer, out);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Path writeAll(Path folder, Rendering rendering) {
        try {
            Files.createDirectories(folder);
            for (ReportRenderer renderer : renderers()) {
                Path part = folder.resolve(".report." + renderer.extension() + ".part");
                try (OutputStream out = Files.newOutputStream(part)) {
                    rendering.render(renderer, out);
                }
                Files.move(
                        part,
                        folder.resolve("report." + renderer.extension()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw IoFailure.writing(folder.toString(), e);
        }
        return folder.resolve("report.html");
    }

    private static List<ReportRenderer> renderers() {
        return ServiceLoader.load(ReportRenderer.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
