package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import io.vmferry.spi.report.VmReport.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time, bytes and speed of a run as charts. */
final class RunCharts {
    /** Rows of the timeline; with more VMs, those that took longest. */
    private static final int ROWS = 40;

    /** Lengths between ticks that people read easily, in seconds. */
    private static final int[] STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800
    };

    private final Wording wording;
    private final RunReport report;
    private final Instant end;
    private final double length;

    RunCharts(Wording wording, RunReport report, Instant end) {
        this.wording = wording;
        this.report = report;
        this.end = end;
        this.length = seconds(report.started(), end);
    }

    @Nullable
    Timeline timeline() {
        List<VmReport> begun = new ArrayList<>(
                report.vms().stream().filter(vm -> vm.started() != null).toList());
        if (begun.isEmpty() || length <= 0) {
            return null;
        }
        int hidden = begun.size() - ROWS;
        if (hidden > 0) {
            begun.sort(Comparator.comparingDouble(this::duration).reversed());
            begun = new ArrayList<>(begun.subList(0, ROWS));
        }
        begun.sort(Comparator.comparing(VmReport::started, Comparator.nullsLast(Comparator.naturalOrder())));
        return new Timeline(
                ticks(),
                begun.stream().map(this::row).toList(),
                List.of(
                        new BarChart.Layer("transfer", wording.text("layer.transfer")),
                        new BarChart.Layer("step", wording.text("layer.step")),
                        new BarChart.Layer("bad", wording.text("layer.failed")),
                        new BarChart.Layer("wait", wording.text("layer.waiting"))),
                hidden > 0 ? wording.text("timeline.more", ROWS, hidden) : "");
    }

    private double duration(VmReport vm) {
        return vm.started() == null ? 0 : seconds(vm.started(), vm.finished() == null ? end : vm.finished());
    }

    private Timeline.Row row(VmReport vm) {
        List<Timeline.Span> spans = new ArrayList<>();
        for (StepReport step : vm.steps()) {
            if (step.started() != null) {
                Instant to = step.finished() == null ? end : step.finished();
                spans.add(new Timeline.Span(
                        Percent.of(seconds(report.started(), step.started()), length),
                        Percent.of(seconds(step.started(), to), length),
                        css(step),
                        Visible.text(step.name()) + ", " + wording.units.duration(step.started(), to)));
            }
        }
        return new Timeline.Row(
                new Link(Visible.text(vm.name()), "#" + Wording.id(vm.key())),
                wording.badge(vm.state()),
                spans,
                wording.units.duration(duration(vm)));
    }

    private static String css(StepReport step) {
        return switch (step.state()) {
            case FAILED, BLOCKED -> "bad";
            case WAITING, STOPPED -> "wait";
            default -> step.name().contains("transfer") ? "transfer" : "step";
        };
    }

    private List<Timeline.Tick> ticks() {
        int step = STEPS[STEPS.length - 1];
        for (int candidate : STEPS) {
            if (length / candidate <= 8) {
                step = candidate;
                break;
            }
        }
        List<Timeline.Tick> ticks = new ArrayList<>();
        for (long at = 0, n = 0; at <= length && n <= 1000; at += step, n++) {
            ticks.add(new Timeline.Tick(
                    Percent.of(at, length),
                    at == 0 ? wording.units.time(report.started()) : "+" + wording.units.span(at),
                    at == 0 ? "start" : at > length * 0.93 ? "end" : "middle",
                    n % 2 == 1));
        }
        return ticks;
    }

    List<BarChart> bars() {
        List<BarChart> charts = new ArrayList<>();
        List<VmReport> copied = report.vms().stream()
                .filter(vm -> vm.state() != RunState.ADOPTED && read(vm) > 0)
                .toList();
        if (!copied.isEmpty()) {
            charts.add(bytes(copied));
            charts.add(rates(copied));
        }
        return charts;
    }

    private BarChart bytes(List<VmReport> vms) {
        long widest = vms.stream().mapToLong(RunPage::virtual).max().orElse(0);
        return chart(
                "chart.bytes",
                List.of(
                        new BarChart.Layer("all", wording.text("layer.virtual")),
                        new BarChart.Layer("data", wording.text("layer.read")),
                        new BarChart.Layer("moved", wording.text("layer.written"))),
                vms,
                Comparator.comparingLong(RunPage::virtual),
                vm -> List.of(
                        new BarChart.Bar("all", Percent.of(RunPage.virtual(vm), widest)),
                        new BarChart.Bar("data", Percent.of(read(vm), widest)),
                        new BarChart.Bar("moved", Percent.of(written(vm), widest))),
                vm -> List.of(
                        wording.units.bytes(RunPage.virtual(vm)),
                        wording.units.bytes(read(vm)),
                        wording.units.bytes(written(vm))));
    }

    private BarChart rates(List<VmReport> vms) {
        double fastest = vms.stream().mapToDouble(RunCharts::rate).max().orElse(0);
        return chart(
                "chart.rates",
                List.of(new BarChart.Layer("rate", wording.text("layer.rate"))),
                vms,
                Comparator.comparingDouble(RunCharts::rate),
                vm -> List.of(new BarChart.Bar("rate", Percent.of(rate(vm), fastest))),
                vm -> List.of(wording.units.rate(read(vm), copying(vm))));
    }

    private BarChart chart(
            String key,
            List<BarChart.Layer> legend,
            List<VmReport> vms,
            Comparator<VmReport> size,
            java.util.function.Function<VmReport, List<BarChart.Bar>> bars,
            java.util.function.Function<VmReport, List<String>> values) {
        int hidden = vms.size() - PlanPage.BARS;
        return new BarChart(
                wording.text(key + ".title"),
                wording.text(key + ".note"),
                legend,
                vms.stream()
                        .sorted(size.reversed())
                        .limit(PlanPage.BARS)
                        .map(vm -> new BarChart.Row(
                                new Link(Visible.text(vm.name()), "#" + Wording.id(vm.key())),
                                bars.apply(vm),
                                values.apply(vm)))
                        .toList(),
                hidden > 0 ? wording.text("chart.more", PlanPage.BARS, hidden) : "");
    }

    private static double rate(VmReport vm) {
        double seconds = copying(vm);
        return seconds <= 0 ? 0 : read(vm) / seconds;
    }

    private static long read(VmReport vm) {
        return vm.disks().stream().mapToLong(DiskReport::bytesRead).sum();
    }

    private static long written(VmReport vm) {
        return vm.disks().stream().mapToLong(DiskReport::bytesWritten).sum();
    }

    /** Seconds spent on disks, one after the other; disks copied side by side count each. */
    private static double copying(VmReport vm) {
        return vm.disks().stream().mapToDouble(DiskReport::seconds).sum();
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
    }
}
