package io.vmferry.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.reports.SampleReports;
import io.vmferry.reports.SampleRuns;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the pages in a real browser. Pictures are left in {@code target/reports} for people to look at. */
class BrowserTest {
    private static final Path PICTURES = Path.of("target", "reports");
    private static final Map<String, Path> PAGES = new LinkedHashMap<>();

    @TempDir
    static Path profile;

    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> executable = Chromium.find();
        assumeTrue(
                executable.isPresent(),
                "chromium not found: install chromium to run this test, which looks at the reports in a browser");
        HtmlReportRenderer renderer = new HtmlReportRenderer(ZoneId.of("Asia/Shanghai"));
        Files.createDirectories(PICTURES);
        write("plan-en", out -> renderer.plan(SampleReports.plan(), Locale.ENGLISH, out));
        write("plan-zh", out -> renderer.plan(SampleReports.plan(), Locale.SIMPLIFIED_CHINESE, out));
        write("run-en", out -> renderer.run(SampleRuns.goingOn(), Locale.ENGLISH, out));
        write("run-zh", out -> renderer.run(SampleRuns.ended(), Locale.SIMPLIFIED_CHINESE, out));
        write("plan-large", out -> renderer.plan(SampleReports.large(500), Locale.ENGLISH, out));
        browser = new Chromium(executable.get(), profile);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void pagesFitEveryWidthAndTheBrowserHasNothingToComplainOf() throws IOException {
        for (Map.Entry<String, Path> page : PAGES.entrySet()) {
            for (int width : new int[] {1280, 820, 390, 320}) {
                browser.show(page.getValue(), width, false);
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .as("%s at %d pixels is as wide as the window", page.getKey(), width)
                        .isEqualTo(width);
                assertThat(browser.complaints())
                        .as("%s at %d pixels", page.getKey(), width)
                        .isEmpty();
            }
        }
    }

    @Test
    void theFilterShowsOnlyWhatWasAskedFor() {
        browser.show(PAGES.get("plan-en"), 1280, false);
        String visible = "[...document.querySelectorAll('tbody tr[data-k], details[data-k]')]"
                + ".filter(e => e.offsetParent !== null).map(e => e.dataset.k).join()";
        browser.evaluate("document.getElementById('show-blocked').click()");
        assertThat(browser.evaluate(visible).asString()).isEqualTo("blocked,blocked,blocked,blocked");
        browser.evaluate("document.getElementById('show-all').click()");
        assertThat(browser.evaluate(visible).asString().split(",")).hasSize(18);
    }

    /** WCAG 2 AA: 4.5 to 1 between every text and what lies behind it, in both colour schemes. */
    @Test
    void everyTextStandsOutFromItsBackground() throws IOException {
        String script = new String(
                BrowserTest.class.getResourceAsStream("/contrast.js").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        for (String page : new String[] {"plan-en", "run-en"}) {
            for (boolean dark : new boolean[] {false, true}) {
                browser.show(PAGES.get(page), 1280, dark);
                assertThat(browser.evaluate(script).asString())
                        .as("texts of %s with too little contrast, dark: %s", page, dark)
                        .isEmpty();
            }
        }
    }

    @Test
    void thePlanPrints() throws IOException {
        browser.show(PAGES.get("plan-en"), 1280, false);
        byte[] pdf = browser.pdf();
        assertThat(pdf).startsWith('%', 'P', 'D', 'F');
        Files.write(PICTURES.resolve("plan-en.pdf"), pdf);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "vmferry.pictures",
            matches = "true",
            disabledReason = "for people who work on the page")
    void picturesForPeople() throws IOException {
        for (String page : List.of("plan-en", "plan-zh", "run-en", "run-zh")) {
            picture(page, 1280, false);
            picture(page, 390, false);
            picture(page, 1280, true);
            browser.show(PAGES.get(page), 1280, false);
            Files.write(PICTURES.resolve(page + ".pdf"), browser.pdf());
        }
    }

    /** In strips, of which the first few tell enough. */
    private static void picture(String page, int width, boolean dark) throws IOException {
        browser.show(PAGES.get(page), width, dark);
        int height = browser.evaluate("document.documentElement.scrollHeight").asInt();
        int strip = 1500;
        for (int n = 0; n < 5 && n * strip < height; n++) {
            byte[] png = browser.screenshot(n * strip, Math.min(strip, height - n * strip));
            Files.write(PICTURES.resolve(page + "-" + width + (dark ? "-dark-" : "-") + n + ".png"), png);
        }
    }

    private static void write(String name, Consumer<OutputStream> render) throws IOException {
        Path file = PICTURES.resolve(name + ".html").toAbsolutePath();
        try (OutputStream out = Files.newOutputStream(file)) {
            render.accept(out);
        }
        PAGES.put(name, file);
    }
}
