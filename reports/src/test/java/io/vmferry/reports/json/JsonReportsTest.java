package io.vmferry.reports.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.reports.Golden;
import io.vmferry.reports.ReportError;
import io.vmferry.reports.SampleReports;
import io.vmferry.reports.SampleRuns;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.report.RunReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonReportsTest {
    @Test
    void aPlanReadBackIsThePlanThatWasWritten() {
        PlanReport report = SampleReports.plan();
        assertThat(JsonReports.readPlan(in(plan(report)), "plan.json")).isEqualTo(report);
    }

    @Test
    void aRunReadBackIsTheRunThatWasWritten() {
        for (RunReport report : new RunReport[] {SampleRuns.goingOn(), SampleRuns.ended()}) {
            assertThat(JsonReports.readRun(in(run(report)), "run.json")).isEqualTo(report);
        }
    }

    @Test
    void theJsonStaysWhatItIs() {
        Golden.assertMatches("plan.json", plan(SampleReports.plan()));
        Golden.assertMatches("run.json", run(SampleRuns.goingOn()));
    }

    @Test
    void setsAreWrittenInOrder() {
        assertThat(plan(SampleReports.plan())).containsSubsequence("\"hybridnet\"", "\"multus\"", "\"pod\"");
    }

    @Test
    void unknownFieldsOfALaterVersionAreIgnored() {
        String later = plan(SampleReports.plan()).replace("\"planHash\"", "\"flavour\" : {}, \"planHash\"");
        assertThat(JsonReports.readPlan(in(later), "plan.json")).isEqualTo(SampleReports.plan());
    }

    @Test
    void anotherSchemaIsRefused() {
        String run = run(SampleRuns.ended());
        assertThatThrownBy(() -> JsonReports.readPlan(in(run), "r.json"))
                .isInstanceOfSatisfying(VmferryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ReportError.REPORT_SCHEMA_UNKNOWN);
                    assertThat(e.subject()).isEqualTo("r.json");
                    assertThat(e.reason()).contains(RunReport.SCHEMA, PlanReport.SCHEMA);
                });
    }

    @Test
    void everyCutOfAReportIsRefusedWithACode() {
        String whole = run(SampleRuns.ended()).strip();
        for (int end = 0; end < whole.length(); end += 97) {
            String cut = whole.substring(0, end);
            assertThatThrownBy(() -> JsonReports.readRun(in(cut), "cut.json"))
                    .as("cut after %d characters", end)
                    .isInstanceOf(VmferryException.class);
        }
    }

    @Test
    void aMissingFieldIsNamed() {
        String without = plan(SampleReports.plan()).replaceFirst("\"memoryBytes\"", "\"memoryBites\"");
        assertUnreadable(without, "p.json at /plan/vms/0");
    }

    @Test
    void aNullWhereNoneIsAllowedIsNamed() {
        String nulled = plan(SampleReports.plan()).replaceFirst("\"family\": \"LINUX\"", "\"family\": null");
        assertUnreadable(nulled, "p.json at /plan/vms/0/vm/guest");
    }

    @Test
    void aWrongConstantIsNamed() {
        String wrong = plan(SampleReports.plan()).replaceFirst("\"LINUX\"", "\"BEOS\"");
        assertUnreadable(wrong, "p.json at /plan/vms/0/vm/guest/family");
    }

    private static void assertUnreadable(String json, String subject) {
        assertThatThrownBy(() -> JsonReports.readPlan(in(json), "p.json"))
                .isInstanceOfSatisfying(VmferryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ReportError.REPORT_UNREADABLE);
                    assertThat(e.subject()).startsWith(subject);
                });
    }

    static String plan(PlanReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonReports.writePlan(report, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String run(RunReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonReports.writeRun(report, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream in(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
