package io.vmferry.reports;

import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import io.vmferry.spi.report.VmReport.Failure;
import io.vmferry.spi.report.VmReport.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs of the sample plan: one still going on with every state in it, and one that ended well. */
public final class SampleRuns {
    static final Instant STARTED = Instant.parse("2026-11-24T03:00:00Z");

    private SampleRuns() {}

    public static RunReport goingOn() {
        List<VmPlan> plans = SampleReports.vms();
        List<VmReport> vms = List.of(
                done(plans.get(0), 4, 1310),
                done(plans.get(1), 4, 1125),
                running(plans.get(2), 9, 2400),
                failed(plans.get(3), 1138, 402),
                adopted(plans.get(4)),
                waiting(plans.get(5), 1560),
                idle(plans.get(6), RunState.BLOCKED),
                idle(plans.get(7), RunState.BLOCKED),
                idle(plans.get(8), RunState.PENDING));
        return report(vms, RunState.RUNNING, null);
    }

    public static RunReport ended() {
        List<VmPlan> plans = SampleReports.vms();
        List<VmReport> vms = List.of(
                done(plans.get(0), 4, 1310),
                done(plans.get(1), 4, 1125),
                adopted(plans.get(4)),
                done(plans.get(8), 1318, 190));
        return report(vms, RunState.DONE, STARTED.plusSeconds(1521));
    }

    /** A run before its first VM. */
    public static RunReport empty() {
        return report(List.of(), RunState.PENDING, null);
    }

    static RunReport report(List<VmReport> vms, RunState state, @Nullable Instant finished) {
        return new RunReport(
                RunReport.SCHEMA,
                "0.1.0",
                "erp-wave-1",
                "r-20261124-0300",
                STARTED,
                finished,
                state,
                SampleReports.HASH,
                SampleReports.sources(),
                SampleReports.target(),
                vms,
                List.of(Finding.info(
                        "run.slots",
                        "erp-wave-1",
                        "Two VMs are copied at a time because the machine has two processors.",
                        "")));
    }

    private static VmReport done(VmPlan plan, int from, int seconds) {
        Instant start = STARTED.plusSeconds(from);
        List<DiskReport> disks = new ArrayList<>();
        for (DiskPlan disk : plan.disks()) {
            disks.add(disk(plan, disk, RunState.DONE, 1, seconds * 0.94 * disk.bytesToRead() / plan.bytesToRead()));
        }
        return vm(
                plan,
                RunState.DONE,
                start,
                start.plusSeconds(seconds),
                List.of(
                        step("recheck", start, 1, RunState.DONE),
                        step("prepare-target", start.plusSeconds(1), 2, RunState.DONE),
                        step("transfer", start.plusSeconds(3), seconds - 12, RunState.DONE),
                        step("create-vm", start.plusSeconds(seconds - 9), 3, RunState.DONE),
                        step("finish", start.plusSeconds(seconds - 6), 6, RunState.DONE)),
                disks,
                null);
    }

    private static VmReport running(VmPlan plan, int from, int seconds) {
        Instant start = STARTED.plusSeconds(from);
        return vm(
                plan,
                RunState.RUNNING,
                start,
                null,
                List.of(
                        step("recheck", start, 1, RunState.DONE),
                        step("prepare-target", start.plusSeconds(1), 2, RunState.DONE),
                        new StepReport("transfer", RunState.RUNNING, start.plusSeconds(3), null)),
                List.of(
                        disk(plan, plan.disks().get(0), RunState.DONE, 1, 118),
                        disk(plan, plan.disks().get(1), RunState.RUNNING, 0.37, seconds)),
                null);
    }

    private static VmReport failed(VmPlan plan, int from, int seconds) {
        Instant start = STARTED.plusSeconds(from);
        return vm(
                plan,
                RunState.FAILED,
                start,
                start.plusSeconds(seconds),
                List.of(
                        step("recheck", start, 1, RunState.DONE),
                        step("prepare-target", start.plusSeconds(1), 2, RunState.DONE),
                        step("transfer", start.plusSeconds(3), seconds - 3, RunState.FAILED)),
                List.of(disk(plan, plan.disks().get(0), RunState.FAILED, 0.82, seconds - 3.0)),
                new Failure(
                        "VMDK_GRAIN_CORRUPT",
                        "域控制器 DC01.ova!域控制器 DC01-disk1.vmdk, grain 1204871 at offset 31744622592",
                        "the grain's Adler-32 is 0x7a31c2f0, and its content gives 0x19b04d5e",
                        "Export the VM again: this file was damaged after it was written. The disks done so far are kept."));
    }

    private static VmReport adopted(VmPlan plan) {
        Instant start = STARTED.plusSeconds(1130);
        return vm(
                plan,
                RunState.ADOPTED,
                start,
                start.plusSeconds(2),
                List.of(
                        step("recheck", start, 1, RunState.DONE),
                        step("prepare-target", start.plusSeconds(1), 1, RunState.ADOPTED)),
                List.of(disk(plan, plan.disks().get(0), RunState.ADOPTED, 1, 61)),
                null);
    }

    private static VmReport waiting(VmPlan plan, int from) {
        Instant start = STARTED.plusSeconds(from);
        return vm(
                plan,
                RunState.WAITING,
                start,
                null,
                List.of(
                        step("recheck", start, 1, RunState.DONE),
                        new StepReport("approve-transfer", RunState.WAITING, start.plusSeconds(1), null)),
                List.of(disk(plan, plan.disks().get(0), RunState.PENDING, 0, 0)),
                null);
    }

    private static VmReport idle(VmPlan plan, RunState state) {
        List<DiskReport> disks = plan.disks().stream()
                .map(disk -> disk(plan, disk, RunState.PENDING, 0, 0))
                .toList();
        return vm(plan, state, null, null, List.of(), disks, null);
    }

    private static VmReport vm(
            VmPlan plan,
            RunState state,
            @Nullable Instant started,
            @Nullable Instant finished,
            List<StepReport> steps,
            List<DiskReport> disks,
            @Nullable Failure failure) {
        boolean made = state == RunState.DONE || state == RunState.ADOPTED;
        List<Finding> findings = plan.findings().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .toList();
        return new VmReport(
                plan.key(),
                plan.vm().ref().source(),
                plan.vm().name(),
                state,
                plan.target(),
                started,
                finished,
                steps,
                disks,
                plan.nics(),
                made ? plan.objects() : List.of(),
                findings,
                failure);
    }

    private static DiskReport disk(VmPlan vm, DiskPlan plan, RunState state, double share, double seconds) {
        boolean whole = state == RunState.DONE || state == RunState.ADOPTED;
        return new DiskReport(
                plan.key(),
                plan.disk().label(),
                state,
                plan.disk().key(),
                "/srv/out/erp-wave-1/" + vm.target().name() + "/" + plan.name() + ".qcow2",
                plan.disk().format(),
                plan.format(),
                plan.encoding(),
                plan.path(),
                plan.virtualSize(),
                (long) (plan.virtualSize() * share),
                (long) (plan.bytesToRead() * share),
                (long) (plan.bytesToWrite() * share),
                whole ? new ContentDigest(ContentDigest.BLKHASH, digest(vm.key() + plan.key())) : null,
                whole ? "read back from the file and compared: identical" : "",
                seconds);
    }

    private static String digest(String seed) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; hex.length() < 64; i++) {
            hex.append(String.format("%08x", (seed + i).hashCode() * 0x9E3779B1));
        }
        return hex.substring(0, 64);
    }

    private static StepReport step(String name, Instant from, int seconds, RunState state) {
        return new StepReport(name, state, from, from.plus(Duration.ofSeconds(seconds)));
    }
}
