package io.vmferry.batch.migration;

import io.vmferry.batch.store.StepStore;
import io.vmferry.batch.store.TaskId;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.spi.report.RunState;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Writes down when tasks and their steps begin and end, in our own tables. */
public final class TaskLedger implements JobExecutionListener, StepExecutionListener {
    private final TaskStore tasks;
    private final StepStore steps;
    private final Failures failures;

    public TaskLedger(TaskStore tasks, StepStore steps, Failures failures) {
        this.tasks = tasks;
        this.steps = steps;
        this.failures = failures;
    }

    @Override
    public void beforeJob(JobExecution job) {
        TaskId task = TaskParameters.taskOf(job);
        failures.forget(task);
        tasks.running(task);
    }

    @Override
    public void afterJob(JobExecution job) {
        TaskId task = TaskParameters.taskOf(job);
        RunState state = stateOf(job);
        tasks.ended(task, state, state == RunState.FAILED ? failures.of(task) : null);
    }

    /** Batch would not even start the job. */
    public RunState refused(TaskId task, Exception why) {
        failures.note(task, why);
        tasks.ended(task, RunState.FAILED, failures.of(task));
        return RunState.FAILED;
    }

    /** What a finished execution of the job means for its task. */
    public static RunState stateOf(JobExecution job) {
        if (job.getStatus() == BatchStatus.COMPLETED) {
            return RunState.DONE;
        }
        if (job.getStatus() == BatchStatus.STOPPED || job.getStatus() == BatchStatus.STOPPING) {
            boolean atGate = job.getStepExecutions().stream()
                    .anyMatch(step -> step.getExitStatus().getExitCode().equals(GateTasklet.PENDING));
            return atGate ? RunState.WAITING : RunState.STOPPED;
        }
        return RunState.FAILED;
    }

    @Override
    public void beforeStep(StepExecution step) {
        steps.started(TaskParameters.taskOf(step), step.getStepName());
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        RunState state = switch (step.getStatus()) {
            case COMPLETED -> RunState.DONE;
            case STOPPED, STOPPING -> RunState.STOPPED;
            default -> RunState.FAILED;
        };
        steps.ended(TaskParameters.taskOf(step), step.getStepName(), state);
        return null;
    }
}
