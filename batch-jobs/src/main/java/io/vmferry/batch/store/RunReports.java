package io.vmferry.batch.store;

import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.DiskReport;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds the report of a run from the store, at any time: during the run, after a crash, years later. */
public final class RunReports {
    private final RunStore runs;
    private final TaskStore tasks;
    private final DiskStore disks;
    private final StepStore steps;
    private final String version;

    public RunReports(RunStore runs, TaskStore tasks, DiskStore disks, StepStore steps, String version) {
        this.runs = runs;
        this.tasks = tasks;
        this.disks = disks;
        this.steps = steps;
        this.version = version;
    }

    public RunReport of(Run run) {
        Map<String, VmPlan> plans =
                run.plan().vms().stream().collect(Collectors.toMap(VmPlan::key, Function.identity()));
        List<VmReport> vms = new ArrayList<>();
        for (RunStore.Part part : runs.parts(run.id(), run.migration())) {
            VmPlan plan = plans.get(part.task().vm());
            if (plan != null) {
                vms.add(vm(plan, part, run.state()));
            }
        }
        return new RunReport(
                RunReport.SCHEMA,
                version,
                run.migration(),
                run.id(),
                run.started(),
                run.finished(),
                run.state(),
                run.planHash(),
                run.plan().sources(),
                run.plan().target(),
                vms,
                run.plan().findings());
    }

    private VmReport vm(VmPlan plan, RunStore.Part part, RunState runState) {
        boolean blocked = part.state() == RunState.BLOCKED;
        @Nullable Task task = blocked ? null : tasks.get(part.task());
        List<DiskRecord> records = blocked ? List.of() : disks.of(part.task());
        Map<String, DiskRecord> byKey =
                records.stream().collect(Collectors.toMap(DiskRecord::disk, Function.identity()));
        return new VmReport(
                plan.key(),
                plan.vm().ref().source(),
                plan.vm().name(),
                settled(part.state(), runState),
                plan.target(),
                task == null ? null : task.started(),
                task == null ? null : task.finished(),
                blocked ? List.of() : steps.of(part.task()),
                plan.disks().stream()
                        .map(disk -> disk(disk, byKey.get(disk.key()), settled(part.state(), runState)))
                        .toList(),
                plan.nics(),
                task == null ? List.of() : task.objects(),
                plan.findings(),
                task == null ? null : task.failure());
    }

    /** A run that ended without its process saying so left parts that still say "running". */
    private static RunState settled(RunState part, RunState run) {
        boolean over = run != RunState.RUNNING;
        return over && (part == RunState.RUNNING || part == RunState.PENDING) ? RunState.STOPPED : part;
    }

    /** A disk whose VM has come to an end is not running any more, whatever its last slice noted. */
    private static RunState state(RunState disk, RunState vm) {
        if (vm == RunState.ADOPTED) {
            return RunState.ADOPTED;
        }
        boolean unfinished = disk == RunState.RUNNING || disk == RunState.PENDING;
        return unfinished && (vm == RunState.FAILED || vm == RunState.STOPPED || vm == RunState.BLOCKED) ? vm : disk;
    }

    private static DiskReport disk(DiskPlan plan, @Nullable DiskRecord record, RunState vmState) {
        DiskRecord known =
                record != null ? record : new DiskRecord(plan.key(), RunState.PENDING, "", 0, 0, 0, null, "", 0);
        @Nullable String digest = known.digest();
        return new DiskReport(
                plan.key(),
                plan.disk().label(),
                state(known.state(), vmState),
                plan.disk().key(),
                known.targetPath(),
                plan.image() == null
                        ? plan.disk().format()
                        : (plan.image().format() + " " + plan.image().variant()).trim(),
                plan.format(),
                plan.encoding(),
                plan.path(),
                plan.virtualSize(),
                known.position(),
                known.bytesRead(),
                known.bytesWritten(),
                digest == null ? null : new ContentDigest(ContentDigest.BLKHASH, digest),
                known.proof(),
                known.seconds());
    }
}
