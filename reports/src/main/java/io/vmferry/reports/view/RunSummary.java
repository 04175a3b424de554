package io.vmferry.reports.view;

import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import io.vmferry.spi.target.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A run in a few figures and sentences. */
final class RunSummary {
    static final String AGAIN = "vmferry migrate -f migration.yaml";

    /** Folders to apply that are written out; further ones go the same way. */
    private static final int APPLIED = 5;

    private static final String KUSTOMIZATION = "kustomization.yaml";

    /** States in the order of the bar: what is done first, what needs a person last. */
    private static final RunState[] ORDER = {
        RunState.DONE,
        RunState.ADOPTED,
        RunState.RUNNING,
        RunState.PENDING,
        RunState.WAITING,
        RunState.STOPPED,
        RunState.FAILED,
        RunState.BLOCKED
    };

    private final Wording wording;
    private final RunReport report;
    private final RunTotals totals;

    RunSummary(Wording wording, RunReport report, RunTotals totals) {
        this.wording = wording;
        this.report = report;
        this.totals = totals;
    }

    Band band() {
        List<Segment> segments = Bands.segments(
                wording, ORDER, report.vms().stream().map(VmReport::state).toList(), wording::badge);
        boolean complete = totals.done() == totals.vms() && totals.vms() > 0;
        Tone tone = totals.failed() > 0 || report.state() == RunState.FAILED
                ? Tone.BAD
                : complete ? Tone.GOOD : report.state() == RunState.RUNNING ? Tone.BUSY : Tone.WARN;
        String headline = complete
                ? wording.text("run.headline.all", totals.vms())
                : wording.text("run.headline." + report.state(), totals.done(), totals.vms());
        if (totals.failed() > 0) {
            headline = wording.text("run.headline.failed", headline, totals.failed());
        }
        return new Band(tone, headline, Bands.sentence(wording, segments, "count.state"), segments);
    }

    List<Figure> figures() {
        double seconds = totals.seconds(report.started());
        boolean ended = report.finished() != null;
        return List.of(
                new Figure(
                        wording.text("figure.done"),
                        wording.text(
                                "figure.of", wording.units.count(totals.done()), wording.units.count(totals.vms())),
                        wording.text("figure.done.note")),
                new Figure(
                        wording.text("figure.duration"),
                        wording.units.duration(seconds),
                        ended
                                ? wording.text(
                                        "figure.duration.ended",
                                        wording.units.time(report.started()),
                                        wording.units.time(totals.end()))
                                : wording.text("figure.duration.so-far", wording.units.time(totals.end()))),
                new Figure(
                        wording.text("figure.content"),
                        wording.units.bytes(totals.content()),
                        wording.text("figure.content.note")),
                new Figure(
                        wording.text("figure.read"),
                        wording.units.bytes(totals.read()),
                        wording.text("figure.read.note", wording.units.percent(totals.read(), totals.content()))),
                new Figure(
                        wording.text("figure.written"),
                        wording.units.bytes(totals.written()),
                        wording.text("figure.written.note")),
                new Figure(
                        wording.text("figure.rate"),
                        wording.units.rate(totals.read(), seconds),
                        wording.text("figure.rate.note", wording.units.rate(totals.content(), seconds))),
                new Figure(
                        wording.text("figure.digests"),
                        wording.text(
                                "figure.of",
                                wording.units.count(totals.digests()),
                                wording.units.count(totals.disks())),
                        wording.text("figure.digests.note", totals.proven())));
    }

    List<NextStep> next() {
        List<NextStep> steps = new ArrayList<>();
        if (totals.failed() > 0) {
            steps.add(new NextStep(wording.text("run.next.failed", totals.failed()), AGAIN));
        }
        if (totals.blocked() > 0) {
            steps.add(
                    new NextStep(wording.text("run.next.blocked", totals.blocked()), "vmferry plan -f migration.yaml"));
        }
        if (totals.waiting() > 0) {
            steps.add(new NextStep(wording.text("run.next.waiting", totals.waiting()), ""));
        }
        if (report.finished() == null && report.state() == RunState.RUNNING) {
            steps.add(new NextStep(wording.text("run.next.running"), "vmferry status"));
        } else if (totals.stopped() + totals.open() > 0) {
            steps.add(new NextStep(wording.text("run.next.stopped", totals.stopped() + totals.open()), AGAIN));
        }
        List<String> folders = folders();
        if (!folders.isEmpty()) {
            String commands = String.join(
                    "\n",
                    folders.stream()
                            .limit(APPLIED)
                            .map(f -> "kubectl apply -k " + Shell.word(f))
                            .toList());
            steps.add(new NextStep(wording.text("run.next.apply", folders.size()), commands));
        }
        check().ifPresent(steps::add);
        steps.add(
                new NextStep(wording.text("run.next.json"), "vmferry report " + Shell.word(report.run()) + " -o json"));
        return steps;
    }

    /** Folders of finished VMs that hold a kustomization. */
    private List<String> folders() {
        return report.vms().stream()
                .flatMap(vm -> vm.objects().stream())
                .filter(o -> o.kind().equals("File") && ("/" + o.name()).endsWith("/" + KUSTOMIZATION))
                .map(ObjectRef::name)
                .map(name ->
                        report.target().location() + "/" + name.substring(0, name.length() - KUSTOMIZATION.length()))
                .map(folder -> folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder)
                .toList();
    }

    private java.util.Optional<NextStep> check() {
        return report.vms().stream()
                .flatMap(vm -> vm.disks().stream())
                .filter(d -> d.digest() != null)
                .flatMap((DiskReport d) -> Stream.of(d.targetPath()))
                .filter(path -> report.target().type().equals("directory"))
                .findFirst()
                .map(path ->
                        new NextStep(wording.text("run.next.check"), "vmferry image --digest " + Shell.word(path)));
    }
}
