package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.reports.text.Words;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.target.ObjectRef;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The page of a dry run: what would happen, to what, and what stands in the way. */
public final class PlanPage {
    /** Bars in a chart; with more VMs, the largest. */
    static final int BARS = 20;

    private final PlanReport report;
    private final Plan plan;
    private final Wording wording;
    private final Findings findings;
    private final NicCards nics;
    private final DiskCards disks;
    private final Machine machine;

    private PlanPage(PlanReport report, Words words, ZoneId zone) {
        this.report = report;
        this.plan = report.plan();
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
    public static Page of(PlanReport report, Words words, ZoneId zone) {
        return new PlanPage(report, words, zone).page();
    }

    private Page page() {
        PlanTotals totals = PlanTotals.of(plan.vms());
        for (VmPlan vm : plan.vms()) {
            findings.gather(vm.vm().name(), Wording.id(vm.key()), vm.findings());
        }
        List<VmPlan> vms = plan.vms();
        return new Page(
                wording.text("plan.kind"),
                Visible.text(plan.migration()),
                head(),
                band(totals),
                new PlanSummary(wording, plan, totals).figures(),
                List.of(),
                new PlanSummary(wording, plan, totals).happening(),
                new PlanSummary(wording, plan, totals).next(),
                findings.sorted(plan.findings()),
                findings.groups(),
                new Places(wording).of(plan.sources(), plan.target()),
                wording.text("section.disk-space"),
                null,
                vms.isEmpty() ? List.of() : List.of(sizes()),
                wording.text("col.verdict"),
                vms.stream().map(this::row).toList(),
                vms.stream().map(vm -> section(vm, vms.size())).toList(),
                wording.text("footer", Visible.text(report.vmferryVersion()), Visible.text(report.schema())));
    }

    private List<Fact> head() {
        return List.of(
                Fact.of(wording.text("head.created"), wording.units.dateTime(plan.created())),
                Fact.of(
                        wording.text("head.target"),
                        Visible.text(plan.target().type() + ": " + plan.target().location())),
                Fact.of(wording.text("head.version"), "vmferry " + Visible.text(report.vmferryVersion())),
                Fact.wideMono(wording.text("head.plan-hash"), Visible.text(report.planHash()), ""));
    }

    private Band band(PlanTotals totals) {
        List<Segment> segments = Bands.segments(
                wording,
                Verdict.values(),
                plan.vms().stream().map(VmPlan::verdict).toList(),
                wording::badge);
        Tone tone = totals.blocked() > 0 ? Tone.BAD : totals.warned() > 0 ? Tone.WARN : Tone.GOOD;
        String headline = totals.vms() == 0
                ? wording.text("plan.headline.empty")
                : totals.blocked() == 0
                        ? wording.text("plan.headline.all", totals.vms())
                        : wording.text("plan.headline.some", totals.going(), totals.vms(), totals.blocked());
        return new Band(
                totals.vms() == 0 ? Tone.WARN : tone,
                headline,
                Bands.sentence(wording, segments, "count.verdict"),
                segments);
    }

    private BarChart sizes() {
        long widest = plan.vms().stream().mapToLong(PlanPage::virtual).max().orElse(0);
        List<BarChart.Row> rows = plan.vms().stream()
                .sorted(Comparator.comparingLong(PlanPage::virtual).reversed())
                .limit(BARS)
                .map(vm -> new BarChart.Row(
                        new Link(Visible.text(vm.vm().name()), "#" + Wording.id(vm.key())),
                        List.of(
                                new BarChart.Bar("all", Percent.of(virtual(vm), widest)),
                                new BarChart.Bar("data", Percent.of(data(vm), widest)),
                                new BarChart.Bar("moved", Percent.of(vm.bytesToWrite(), widest))),
                        List.of(
                                wording.units.bytes(virtual(vm)),
                                isOpened(vm) ? wording.units.bytes(data(vm)) : wording.text("unknown"),
                                isOpened(vm) ? wording.units.bytes(vm.bytesToWrite()) : wording.text("unknown"))))
                .toList();
        int hidden = plan.vms().size() - rows.size();
        return new BarChart(
                wording.text("chart.sizes.title"),
                wording.text("chart.sizes.note"),
                List.of(
                        new BarChart.Layer("all", wording.text("layer.virtual")),
                        new BarChart.Layer("data", wording.text("layer.data")),
                        new BarChart.Layer("moved", wording.text("layer.to-write"))),
                rows,
                hidden > 0 ? wording.text("chart.more", BARS, hidden) : "");
    }

    static long virtual(VmPlan vm) {
        return vm.disks().stream().mapToLong(DiskPlan::virtualSize).sum();
    }

    static long data(VmPlan vm) {
        return vm.disks().stream().mapToLong(PlanPage::data).sum();
    }

    static long data(DiskPlan disk) {
        ImageSummary image = disk.image();
        return image == null ? 0 : image.dataBytes();
    }

    private static boolean isOpened(VmPlan vm) {
        return vm.disks().stream().noneMatch(d -> d.image() == null);
    }

    private VmRow row(VmPlan vm) {
        return new VmRow(
                Wording.key(vm.verdict()),
                wording.badge(vm.verdict()),
                new Link(Visible.text(vm.vm().name()), "#" + Wording.id(vm.key())),
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
                                wording.text("col.to-write"),
                                isOpened(vm) ? wording.units.bytes(vm.bytesToWrite()) : wording.text("unknown")),
                        new VmRow.Cell(wording.text("col.findings"), findings.counts(vm.findings()), false)));
    }

    private VmSection section(VmPlan vm, int of) {
        return new VmSection(
                Wording.key(vm.verdict()),
                Wording.id(vm.key()),
                wording.badge(vm.verdict()),
                Visible.text(vm.vm().name()),
                wording.target(vm.target()),
                wording.text(
                        "vm.summary",
                        vm.target().cpu().vcpus(),
                        wording.units.bytes(vm.target().memoryBytes()),
                        vm.disks().size(),
                        wording.units.bytes(virtual(vm)),
                        vm.nics().size()),
                of <= BARS || vm.verdict() == Verdict.BLOCKED && of <= 10 * BARS,
                null,
                findings.sorted(vm.findings()),
                List.of(),
                machine.compared(vm),
                true,
                vm.disks().stream().map(disks::of).toList(),
                nics.of(vm.nics()),
                objects(wording, vm.objects()));
    }

    static List<Fact> objects(Wording wording, List<ObjectRef> objects) {
        List<Fact> facts = new ArrayList<>();
        for (ObjectRef object : objects) {
            String name = object.namespace().isEmpty() ? object.name() : object.namespace() + "/" + object.name();
            facts.add(Fact.mono(
                    object.kind().equals("File") ? wording.text("object.file") : Visible.text(object.kind()),
                    Visible.text(name)));
        }
        return facts;
    }
}
