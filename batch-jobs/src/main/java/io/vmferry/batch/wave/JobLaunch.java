package io.vmferry.batch.wave;

import io.vmferry.batch.migration.MigrateVmJob;
import io.vmferry.batch.migration.StepFactory;
import io.vmferry.batch.migration.StopSignal;
import io.vmferry.batch.migration.TaskLedger;
import io.vmferry.batch.migration.TaskParameters;
import io.vmferry.batch.store.TaskId;
import io.vmferry.spi.report.RunState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Starts or continues a VM's job in the caller's thread, after recovering what a killed process left behind, and stops all
 * jobs of this process.
 */
public final class JobLaunch {
    private final JobOperator operator;
    private final JobRepository repository;
    private final StepFactory steps;
    private final TaskLedger ledger;
    private final LeftBehind leftBehind;
    private final Set<TaskId> running = ConcurrentHashMap.newKeySet();
    private final StopSignal stop;

    public JobLaunch(
            JobOperator operator, JobRepository repository, StepFactory steps, TaskLedger ledger, StopSignal stop) {
        this.stop = stop;
        this.operator = operator;
        this.repository = repository;
        this.steps = steps;
        this.ledger = ledger;
        this.leftBehind = new LeftBehind(operator, repository);
    }

    public RunState run(Job job, TaskId task) {
        JobParameters parameters = TaskParameters.of(task);
        running.add(task);
        try {
            leftBehind.mend(repository.getLastJobExecution(job.getName(), parameters));
            return TaskLedger.stateOf(operator.start(job, parameters));
        } catch (JobInstanceAlreadyCompleteException e) {
            return RunState.DONE;
        } catch (Exception e) {
            return ledger.refused(task, e);
        } finally {
            running.remove(task);
        }
    }

    public boolean stopping() {
        return stop.requested();
    }

    /** Asks every running job to stop at the end of its slice, and slices to end at once. Does not wait. */
    public void stopAll() {
        stop.request();
        for (TaskId task : running) {
            @Nullable
            JobExecution execution = repository.getLastJobExecution(MigrateVmJob.NAME, TaskParameters.of(task));
            if (execution != null && execution.isRunning()) {
                try {
                    operator.stop(execution);
                } catch (JobExecutionNotRunningException e) {
                    // It came to its end by itself just now, which is as good.
                }
            }
        }
        steps.hurry();
    }
}
