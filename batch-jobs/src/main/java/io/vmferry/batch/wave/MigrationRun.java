package io.vmferry.batch.wave;

import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.migration.MigrateVmJob;
import io.vmferry.batch.store.RunStore;
import io.vmferry.batch.store.TaskId;
import io.vmferry.rules.model.Policy.Gate;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Executes a plan: blocked VMs are left, finished ones adopted, the others begun or continued, a few at a time. One VM's
 * failure does not hinder the others.
 */
public final class MigrationRun {
    private final RunStore runs;
    private final TaskChooser chooser;
    private final JobLaunch launch;
    private final MigrateVmJob job;
    private final LiveBoard live;

    public MigrationRun(RunStore runs, TaskChooser chooser, JobLaunch launch, MigrateVmJob job, LiveBoard live) {
        this.runs = runs;
        this.chooser = chooser;
        this.launch = launch;
        this.job = job;
        this.live = live;
    }

    /**
     * @param parallelVms how many VMs at the same time
     * @param shut gates at which a VM waits
     */
    public record Options(int parallelVms, Set<Gate> shut, boolean stopOnFailure) {}

    /** Begins a run: notes the plan, and for each VM what is to be done with it. */
    public void begin(String run, Plan plan, String planHash) {
        runs.closeAbandoned(plan.migration());
        runs.create(run, plan, planHash);
        int ordinal = 0;
        for (VmPlan vm : plan.vms()) {
            if (vm.verdict() == Verdict.BLOCKED) {
                runs.add(run, ordinal++, new TaskId(plan.migration(), vm.key(), 0), RunState.BLOCKED);
                continue;
            }
            TaskChooser.Choice choice = chooser.choose(plan.migration(), vm);
            runs.add(run, ordinal++, choice.task(), choice.finished() ? RunState.ADOPTED : RunState.PENDING);
            if (choice.finished()) {
                live.say(vm.vm().name() + ": already migrated and still in place; adopted");
            }
        }
    }

    /**
     * Works on everything of the run that is not finished, and blocks until each VM has come to an end, a gate or a stop. May
     * be called again, after an answer at a gate.
     *
     * @return how the run as a whole stands
     */
    public RunState work(String run, Plan plan, Options options) {
        Map<String, VmPlan> plans = plan.vms().stream().collect(Collectors.toMap(VmPlan::key, Function.identity()));
        List<Work> work = new ArrayList<>();
        boolean anyBlocked = false;
        for (RunStore.Part part : runs.parts(run, plan.migration())) {
            VmPlan vm = plans.get(part.task().vm());
            switch (part.state()) {
                case DONE, ADOPTED -> {}
                case BLOCKED -> anyBlocked = true;
                default -> work.add(new Work(java.util.Objects.requireNonNull(vm), part.task()));
            }
        }
        RunState worst = runAll(run, work, options);
        RunState state = worst == RunState.DONE && anyBlocked ? RunState.BLOCKED : worst;
        runs.ended(run, state);
        return state;
    }

    /** The tasks of a run that wait at a gate. */
    public List<TaskId> waiting(String run, Plan plan) {
        return runs.parts(run, plan.migration()).stream()
                .filter(part -> part.state() == RunState.WAITING)
                .map(RunStore.Part::task)
                .toList();
    }

    private record Work(VmPlan vm, TaskId task) {}

    private RunState runAll(String run, List<Work> work, Options options) {
        ExecutorService workers =
                Executors.newFixedThreadPool(Math.max(1, options.parallelVms()), task -> new Thread(task, "vm-job"));
        try {
            List<Future<RunState>> results = new ArrayList<>();
            for (Work item : work) {
                results.add(workers.submit(() -> runOne(run, item, options)));
            }
            RunState worst = RunState.DONE;
            for (Future<RunState> result : results) {
                worst = worse(worst, result.get());
            }
            return worst;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            launch.stopAll();
            return RunState.STOPPED;
        } finally {
            workers.shutdown();
        }
    }

    private RunState runOne(String run, Work item, Options options) {
        if (launch.stopping()) {
            runs.part(run, item.task(), RunState.STOPPED);
            return RunState.STOPPED;
        }
        runs.part(run, item.task(), RunState.RUNNING);
        RunState state = launch.run(job.job(item.vm(), options.shut()), item.task());
        runs.part(run, item.task(), state);
        if (state == RunState.FAILED && options.stopOnFailure()) {
            launch.stopAll();
        }
        return state;
    }

    private static RunState worse(RunState a, RunState b) {
        return severity(a) >= severity(b) ? a : b;
    }

    private static int severity(RunState state) {
        return switch (state) {
            case DONE, ADOPTED -> 0;
            case BLOCKED -> 1;
            case WAITING -> 2;
            case PENDING, RUNNING, STOPPED -> 3;
            case FAILED -> 4;
        };
    }
}
