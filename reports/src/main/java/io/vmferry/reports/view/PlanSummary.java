package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.spi.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** A plan in a few figures and sentences. */
final class PlanSummary {
    private final Wording wording;
    private final Plan plan;
    private final PlanTotals totals;

    PlanSummary(Wording wording, Plan plan, PlanTotals totals) {
        this.wording = wording;
        this.plan = plan;
        this.totals = totals;
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure(
                "figure.vms",
                wording.text("figure.of", wording.units.count(totals.going()), wording.units.count(totals.vms())),
                wording.text("figure.vms.note")));
        figures.add(figure(
                "figure.disks",
                wording.units.count(totals.disks()),
                wording.text("figure.disks.note", wording.units.bytes(totals.virtual()))));
        figures.add(figure(
                "figure.to-read",
                wording.units.bytes(totals.toRead()),
                wording.text("figure.to-read.note", wording.units.percent(totals.toRead(), totals.virtual()))));
        figures.add(
                figure("figure.to-write", wording.units.bytes(totals.toWrite()), wording.text("figure.to-write.note")));
        figures.add(figure(
                "figure.empty",
                wording.units.bytes(Math.max(0, totals.virtual() - totals.data())),
                wording.text("figure.empty.note")));
        if (totals.passedOn() > 0) {
            figures.add(figure(
                    "figure.passed-on",
                    wording.units.bytes(totals.passedOn()),
                    wording.text("figure.passed-on.note", wording.units.percent(totals.passedOn(), totals.data()))));
        }
        figures.add(figure(
                "figure.held",
                wording.text("figure.of", wording.units.count(totals.held()), wording.units.count(totals.nics())),
                wording.text("figure.held.note", totals.macs())));
        return figures;
    }

    private Figure figure(String key, String value, String note) {
        return new Figure(wording.text(key), value, note);
    }

    List<String> happening() {
        List<String> sentences = new ArrayList<>();
        if (totals.going() == 0) {
            return List.of(wording.text("plan.happening.nothing"));
        }
        sentences.add(wording.text(
                "plan.happening.vms",
                totals.going(),
                Visible.text(plan.target().location()),
                Visible.text(plan.target().kubevirtVersion())));
        sentences.add(wording.text(
                "plan.happening.bytes",
                wording.units.bytes(totals.toRead()),
                wording.units.bytes(totals.virtual()),
                wording.units.bytes(totals.toWrite())));
        if (totals.passedOn() > 0) {
            sentences.add(wording.text("plan.happening.passed-on", wording.units.bytes(totals.passedOn())));
        }
        sentences.add(wording.text("plan.happening.objects", totals.objects()));
        sentences.add(wording.text("plan.happening.proof"));
        sentences.add(
                totals.starting() == 0
                        ? wording.text("plan.happening.halted")
                        : wording.text(
                                "plan.happening.started", totals.starting(), totals.going() - totals.starting()));
        if (totals.blocked() > 0) {
            sentences.add(wording.text("plan.happening.blocked", totals.blocked()));
        }
        sentences.add(wording.text("plan.happening.source"));
        return sentences;
    }

    List<NextStep> next() {
        List<NextStep> steps = new ArrayList<>();
        if (totals.blocked() > 0) {
            steps.add(new NextStep(
                    wording.text("plan.next.resolve", totals.blocked()), "vmferry plan -f migration.yaml"));
        }
        if (totals.warned() > 0) {
            steps.add(new NextStep(wording.text("plan.next.read", totals.warned()), ""));
        }
        if (totals.going() > 0) {
            steps.add(new NextStep(
                    wording.text(totals.blocked() > 0 ? "plan.next.migrate-some" : "plan.next.migrate"),
                    "vmferry migrate -f migration.yaml"));
            steps.add(new NextStep(wording.text("plan.next.status"), "vmferry status"));
        }
        return steps;
    }
}
