package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.reports.text.Words;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The page of a run: what was done, how it was proven, and what is left to do. */
public final class RunPage {
    private final RunReport report;
    private final Wording wording;
    private final Findings findings;
    private final NicCards nics;
    private final DiskCards disks;
    private final Machine machine;

    private RunPage(RunReport report, Words words, ZoneId zone) {
        this.report = report;
        this.wording = new Wording(words, zone);
        this.findings = new Findings(wording);
        this.nics = new NicCards(wording);
        this.disks = new DiskCards(wording);
        this.machine = new Machine(wording);
    }

    /**
     * The page of a report.
     *
     * @param zone for times of day
     */
    public static Page of(RunReport report, Words words, ZoneId zone) {
        return new RunPage(report, words, zone).page();
    }

    private Page page() {
        List<VmReport> vms = report.vms();
        for (VmReport vm : vms) {
            findings.gather(vm.name(), Wording.id(vm.key()), vm.findings());
        }
        RunTotals totals = RunTotals.of(report);
        RunSummary summary = new RunSummary(wording, report, totals);
        RunCharts charts = new RunCharts(wording, report, totals.end());
        return new Page(
                wording.text("run.kind"),
                Visible.text(report.migration()),
                head(),
                summary.band(),
                summary.figures(),
                vms.stream()
                        .filter(vm -> vm.failure() != null)
                        .map(this::failure)
                        .toList(),
                List.of(),
                summary.next(),
                findings.sorted(report.findings()),
                findings.groups(),
                new Places(wording).of(report.sources(), report.target()),
                wording.text("section.charts"),
                charts.timeline(),
                charts.bars(),
                wording.text("col.state"),
                vms.stream().map(this::row).toList(),
                vms.stream().map(vm -> section(vm, vms.size())).toList(),
                wording.text("footer", Visible.text(report.vmferryVersion()), Visible.text(report.schema())));
    }

    private List<Fact> head() {
        Instant finished = report.finished();
        return List.of(
                Fact.of(wording.text("head.started"), wording.units.dateTime(report.started())),
                Fact.of(
                        wording.text("head.finished"),
                        finished == null ? wording.text("head.unfinished") : wording.units.dateTime(finished)),
                Fact.of(
                        wording.text("head.target"),
                        Visible.text(
                                report.target().type() + ": " + report.target().location())),
                Fact.of(wording.text("head.run"), Visible.text(report.run())),
                Fact.of(wording.text("head.version"), "vmferry " + Visible.text(report.vmferryVersion())),
                Fact.wideMono(wording.text("head.plan-hash"), Visible.text(report.planHash()), ""));
    }

    private FailureBox failure(VmReport vm) {
        VmReport.Failure failure = java.util.Objects.requireNonNull(vm.failure());
        return new FailureBox(
                new Link(Visible.text(vm.name()), "#" + Wording.id(vm.key())),
                Visible.text(failure.code()),
                Visible.text(failure.subject()),
                Visible.text(failure.reason()),
                Visible.text(failure.remedy()),
                RunSummary.AGAIN);
    }

    private VmRow row(VmReport vm) {
        List<String> remarks = new ArrayList<>();
        if (vm.failure() != null) {
            remarks.add(Visible.text(vm.failure().code()));
        }
        if (vm.failure() == null || !vm.findings().isEmpty()) {
            remarks.addAll(findings.counts(vm.findings()));
        }
        long written = vm.disks().stream().mapToLong(DiskReport::bytesWritten).sum();
        return new VmRow(
                Wording.key(vm.state()),
                wording.badge(vm.state()),
                new Link(Visible.text(vm.name()), "#" + Wording.id(vm.key())),
                wording.target(vm.target()),
                List.of(
                        VmRow.Cell.number(
                                wording.text("col.cpu"),
                                wording.units.count(vm.target().cpu().vcpus())),
                        VmRow.Cell.number(
                                wording.text("col.memory"),
                                wording.units.bytes(vm.target().memoryBytes())),
                        VmRow.Cell.number(
                                wording.text("col.disks"),
                                wording.text("disks.sum", vm.disks().size(), wording.units.bytes(virtual(vm)))),
                        new VmRow.Cell(wording.text("col.networks"), nics.lines(vm.nics()), false),
                        VmRow.Cell.number(
                                wording.text("col.written"),
                                written == 0 ? wording.text("none") : wording.units.bytes(written)),
                        VmRow.Cell.number(wording.text("col.duration"), duration(vm.started(), vm.finished())),
                        new VmRow.Cell(wording.text("col.findings"), remarks, false)));
    }

    static long virtual(VmReport vm) {
        return vm.disks().stream().mapToLong(DiskReport::virtualSize).sum();
    }

    private String duration(
            @org.jspecify.annotations.Nullable Instant from, @org.jspecify.annotations.Nullable Instant to) {
        if (from == null) {
            return wording.text("none");
        }
        return to == null ? wording.text("since", wording.units.time(from)) : wording.units.duration(from, to);
    }

    private VmSection section(VmReport vm, int of) {
        boolean quiet = vm.state() == RunState.DONE || vm.state() == RunState.ADOPTED || vm.state() == RunState.PENDING;
        return new VmSection(
                Wording.key(vm.state()),
                Wording.id(vm.key()),
                wording.badge(vm.state()),
                Visible.text(vm.name()),
                wording.target(vm.target()),
                wording.text(
                        "vm.summary",
                        vm.target().cpu().vcpus(),
                        wording.units.bytes(vm.target().memoryBytes()),
                        vm.disks().size(),
                        wording.units.bytes(virtual(vm)),
                        vm.nics().size()),
                of <= PlanPage.BARS || !quiet && of <= 10 * PlanPage.BARS,
                vm.failure() == null ? null : failure(vm),
                findings.sorted(vm.findings()),
                vm.steps().stream()
                        .map(step -> new StepRow(
                                wording.badge(step.state()),
                                Visible.text(step.name()),
                                step.started() == null ? wording.text("none") : wording.units.time(step.started()),
                                duration(step.started(), step.finished())))
                        .toList(),
                machine.made(vm.target()),
                false,
                vm.disks().stream().map(disks::of).toList(),
                nics.of(vm.nics()),
                PlanPage.objects(wording, vm.objects()));
    }
}
