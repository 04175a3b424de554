package io.vmferry.reports.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.reports.Golden;
import io.vmferry.reports.SampleReports;
import io.vmferry.reports.SampleRuns;
import io.vmferry.reports.SampleVms;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReportRendererTest {
    private final CsvReportRenderer renderer = new CsvReportRenderer();

    @Test
    void theTablesStayWhatTheyAre() {
        Golden.assertMatches("plan.csv", plan(SampleReports.plan()));
        Golden.assertMatches("run.csv", run(SampleRuns.goingOn()));
    }

    @Test
    void everyDiskHasARowAndEveryRowAllColumns() {
        List<List<String>> rows = parse(plan(SampleReports.plan()));
        long disks = SampleReports.plan().plan().vms().stream()
                .mapToLong(vm -> vm.disks().size())
                .sum();
        assertThat(rows).hasSize((int) disks + 1);
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
        assertThat(rows.get(1))
                .contains(
                        "erp-app-01",
                        "READY",
                        "pass-through: grains are zlib already and qcow2" + " clusters take the same deflate stream");
    }

    @Test
    void aVmWithoutDisksHasARow() {
        List<List<String>> rows = parse(plan(SampleReports.report(List.of(SampleVms.diskless("router")), List.of())));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1)).hasSameSizeAs(rows.get(0)).contains("router");
    }

    @Test
    void excelIsToldThatItIsUtf8() {
        assertThat(plan(SampleReports.plan())).startsWith("\uFEFFvm_key,").contains("财务数据库-主");
    }

    @Test
    void theLocaleChangesNothing() {
        assertThat(new String(render(SampleRuns.ended(), Locale.GERMANY), StandardCharsets.UTF_8))
                .isEqualTo(run(SampleRuns.ended()))
                .contains(",178.600,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x"})
    void namesNeverBecomeFormulas(String name) {
        List<List<String>> rows = parse(plan(SampleReports.report(List.of(SampleVms.diskless(name)), List.of())));
        assertThat(rows.get(1)).contains("'" + name).doesNotContain(name);
    }

    @Test
    void quotesCommasAndLineFeedsStayInTheirCell() {
        String name = "a \"b\", c\nd; e";
        List<List<String>> rows = parse(plan(SampleReports.report(List.of(SampleVms.diskless(name)), List.of())));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1)).contains(name);
    }

    private String plan(PlanReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        renderer.plan(report, Locale.ENGLISH, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String run(RunReport report) {
        return new String(render(report, Locale.SIMPLIFIED_CHINESE), StandardCharsets.UTF_8);
    }

    private byte[] render(RunReport report, Locale locale) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        renderer.run(report, locale, out);
        return out.toByteArray();
    }

    /** A reader of RFC 4180 that knows nothing of the writer. */
    private static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = csv.startsWith("\uFEFF") ? 1 : 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\r' && csv.charAt(i + 1) == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\r') {
                    i++;
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else {
                cell.append(c);
            }
        }
        assertThat(cell).as("the last row ends with CR LF").isEmpty();
        return rows;
    }
}
