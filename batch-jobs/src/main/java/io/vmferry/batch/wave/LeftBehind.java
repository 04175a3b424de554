package io.vmferry.batch.wave;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Puts an execution that a process left behind into a state from which Batch restarts it. Safe for our jobs, because every step
 * may run again; and only this process uses the store, so nobody else can be at work on it.
 */
final class LeftBehind {
    private final JobOperator operator;
    private final JobRepository repository;

    LeftBehind(JobOperator operator, JobRepository repository) {
        this.operator = operator;
        this.repository = repository;
    }

    void mend(@Nullable JobExecution last) {
        if (last == null) {
            return;
        }
        if (last.isRunning()) {
            // Killed: it still says that it runs.
            operator.recover(last);
        } else if (last.getStatus() == BatchStatus.UNKNOWN) {
            // The store failed while the outcome was written. Batch wants a person to decide, and recover() refuses.
            for (StepExecution step : last.getStepExecutions()) {
                if (step.getStatus() == BatchStatus.UNKNOWN) {
                    step.setStatus(BatchStatus.FAILED);
                    step.setExitStatus(ExitStatus.FAILED);
                    repository.update(step);
                }
            }
            last.setStatus(BatchStatus.FAILED);
            last.setExitStatus(ExitStatus.FAILED);
            repository.update(last);
        }
    }
}
