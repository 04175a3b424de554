package io.vmferry.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.reports.Golden;
import io.vmferry.reports.SampleReports;
import io.vmferry.reports.SampleRuns;
import io.vmferry.reports.SampleVms;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.ReportRenderer;
import io.vmferry.spi.report.VmReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportRendererTest {
    private static final Set<String> VOID = Set.of("meta", "link", "input", "rect", "line", "br");

    private final List<String> pages = List.of(
            Html.plan(SampleReports.plan(), Locale.ENGLISH),
            Html.plan(SampleReports.plan(), Locale.SIMPLIFIED_CHINESE),
            Html.plan(SampleReports.report(List.of(), List.of()), Locale.ENGLISH),
            Html.plan(SampleReports.report(List.of(SampleVms.hostile()), List.of()), Locale.ENGLISH),
            Html.run(SampleRuns.goingOn(), Locale.ENGLISH),
            Html.run(SampleRuns.ended(), Locale.SIMPLIFIED_CHINESE),
            Html.run(SampleRuns.empty(), Locale.ENGLISH));

    @Test
    void whatIsReadStaysWhatItIs() {
        Golden.assertMatches("plan-en.txt", Html.text(pages.get(0)));
        Golden.assertMatches("plan-zh.txt", Html.text(pages.get(1)));
        Golden.assertMatches("run-en.txt", Html.text(pages.get(4)));
        Golden.assertMatches("run-zh.txt", Html.text(pages.get(5)));
    }

    @Test
    void pagesLoadNothingAndRunNothing() {
        for (String page : pages) {
            assertThat(page).startsWith("<!DOCTYPE html>").contains("default-src 'none'");
            String style = page.substring(page.indexOf("<style>"), page.indexOf("</style>"));
            assertThat(style).doesNotContainPattern("(?i)url\\(|@import");
            Matcher tag = Pattern.compile("<[^/!][^>]*>").matcher(page.replace(style, "<style>"));
            while (tag.find()) {
                assertThat(tag.group())
                        .doesNotMatch("(?i)<(script|iframe|object|embed|form|img|base)\\b.*")
                        .doesNotContainPattern("(?i)javascript:")
                        .doesNotContainPattern("\\s(on[a-z]+|src|style)\\s*=")
                        .doesNotContainPattern("href\\s*=\\s*\"(?!#|data:,)");
            }
        }
    }

    @Test
    void tagsCloseAndIdsAreUniqueAndLinksArrive() {
        for (String page : pages) {
            String body = page.replaceAll("(?s)<style>.*?</style>", "");
            Deque<String> open = new ArrayDeque<>();
            Matcher tag = Pattern.compile("<(/?)([a-zA-Z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*?)(/?)>")
                    .matcher(body);
            List<String> ids = new ArrayList<>();
            while (tag.find()) {
                String name = tag.group(2);
                Matcher id = Pattern.compile("\\sid=\"([^\"]*)\"").matcher(tag.group(3));
                if (id.find()) {
                    ids.add(id.group(1));
                }
                if (tag.group(1).equals("/")) {
                    assertThat(open.pop()).as("closed at %d", tag.start()).isEqualTo(name);
                } else if (tag.group(4).isEmpty() && !(VOID.contains(name) && !isClosed(body, tag.end(), name))) {
                    open.push(name);
                }
            }
            assertThat(open).isEmpty();
            assertThat(ids).doesNotHaveDuplicates();
            Matcher link = Pattern.compile("href=\"#([^\"]*)\"").matcher(body);
            while (link.find()) {
                assertThat(ids).contains(link.group(1));
            }
            Matcher label = Pattern.compile("<label for=\"([^\"]*)\"").matcher(body);
            while (label.find()) {
                assertThat(ids).contains(label.group(1));
            }
        }
    }

    /** A {@code rect} with a title inside is closed; one without is written empty. */
    private static boolean isClosed(String body, int from, String name) {
        int close = body.indexOf("</" + name + ">", from);
        int next = body.indexOf("<" + name, from);
        return close >= 0 && (next < 0 || close < next);
    }

    @Test
    void languageIsDeclared() {
        assertThat(pages.get(0)).contains("<html lang=\"en\">", "Migration plan", "10:15 UTC+08:00");
        assertThat(pages.get(1)).contains("<html lang=\"zh-Hans\">", "迁移计划", "7 台虚拟机将迁移到");
    }

    @Test
    void hostileNamesAreShownAndDoNothing() {
        String page = pages.get(3);
        assertThat(page)
                .doesNotContain("<script>alert", "<img src=x", "\u202E", "\u200B")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(Html.text(page)).contains(SampleVms.HOSTILE_AS_SHOWN);
    }

    @Test
    void everyVmHasItsVerdictInWordsItsRowAndItsSection() {
        for (VmPlan vm : SampleReports.plan().plan().vms()) {
            assertThat(pages.get(0)).contains("href=\"#vm-" + vm.key() + "\"", "id=\"vm-" + vm.key() + "\"");
        }
        assertThat(count(pages.get(0), "<tr data-k=\"blocked\"")).isEqualTo(2);
        assertThat(count(pages.get(0), "<details class=\"vm\" data-k=\"ready\""))
                .isEqualTo(5);
        assertThat(Html.text(pages.get(0))).contains("7 of 9 VMs can go, 2 are blocked");
    }

    @Test
    void findingsComeHeaviestFirst() {
        String text = Html.text(pages.get(0));
        String section = text.substring(
                text.lastIndexOf("legacy-billing_archive" + " (do not delete!) - copy 2019-11-03\n→\nerp-prod/legacy"));
        assertThat(section.indexOf("Blocker")).isLessThan(section.indexOf("guest.end-of-life"));
        assertThat(section).containsSubsequence("network.unmapped", "disk.format-unsupported", "guest.end-of-life");
    }

    @Test
    void digestsStandInFull() {
        for (VmReport vm : SampleRuns.goingOn().vms()) {
            for (DiskReport disk : vm.disks()) {
                if (disk.digest() != null) {
                    assertThat(pages.get(4)).contains(disk.digest().hex());
                }
            }
        }
    }

    @Test
    void aFailureTellsCodeSubjectReasonRemedyAndCommand() {
        VmReport.Failure failure = SampleRuns.goingOn().vms().get(3).failure();
        assertThat(Html.text(pages.get(4)))
                .contains(failure.code(), failure.subject(), failure.reason(), failure.remedy())
                .contains("vmferry migrate -f migration.yaml");
    }

    @Test
    void commandsFollowFromWhatWasMade() {
        assertThat(Html.text(pages.get(4)))
                .contains("kubectl apply -k /srv/out/erp-wave-1/erp-app-01")
                .contains("vmferry image --digest /srv/out/erp-wave-1/erp-app-01/erp-app-01-disk-0.qcow2")
                .contains("vmferry report r-20261124-0300 -o json");
    }

    @Test
    void fiveHundredVmsAreQuickAndOfAReasonableSize() {
        long start = System.nanoTime();
        String page = Html.plan(SampleReports.large(500), Locale.ENGLISH);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(page.length()).isLessThan(5_000_000);
        assertThat(count(page, "<tr data-k=")).isEqualTo(500);
        assertThat(page).contains("The 20 largest are shown, 480 more are in the table.");
    }

    @Test
    void allThreeRenderersAreFound() {
        assertThat(ServiceLoader.load(ReportRenderer.class))
                .extracting(ReportRenderer::extension)
                .containsExactlyInAnyOrder("json", "html", "csv");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
