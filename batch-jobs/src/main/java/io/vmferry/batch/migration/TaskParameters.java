package io.vmferry.batch.migration;

import io.vmferry.batch.store.TaskId;
import java.util.Objects;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.StepExecution;

/** A task as job parameters and back. All three identify the job instance; there is no incrementer, which would eat them. */
public final class TaskParameters {
    private TaskParameters() {}

    public static JobParameters of(TaskId task) {
        return new JobParametersBuilder()
                .addString("migration", task.migration())
                .addString("vm", task.vm())
                .addLong("generation", (long) task.generation())
                .toJobParameters();
    }

    static TaskId taskOf(StepExecution step) {
        return taskOf(step.getJobParameters());
    }

    static TaskId taskOf(JobExecution job) {
        return taskOf(job.getJobParameters());
    }

    private static TaskId taskOf(JobParameters parameters) {
        return new TaskId(
                Objects.requireNonNull(parameters.getString("migration")),
                Objects.requireNonNull(parameters.getString("vm")),
                Math.toIntExact(Objects.requireNonNull(parameters.getLong("generation"))));
    }
}
