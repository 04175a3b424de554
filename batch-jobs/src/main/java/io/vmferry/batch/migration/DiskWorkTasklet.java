package io.vmferry.batch.migration;

import io.vmferry.batch.store.TaskId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Runs {@link DiskWork} of one partition slice by slice. Each slice ends with its checkpoint in the step's context, which
 * Batch commits; a stop request is seen there too.
 */
final class DiskWorkTasklet implements Tasklet, StepExecutionListener {
    /** Key in a partition's context: which disk. */
    static final String DISK = "disk";

    private static final String CHECKPOINT = "checkpoint";

    private final DiskWork.Factory factory;
    private final Duration slice;
    private final VmMigrations migrations;
    private final Failures failures;
    private final Map<StepExecution, DiskWork> open = new ConcurrentHashMap<>();

    DiskWorkTasklet(DiskWork.Factory factory, Duration slice, VmMigrations migrations, Failures failures) {
        this.factory = factory;
        this.slice = slice;
        this.migrations = migrations;
        this.failures = failures;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        StepExecution step = chunk.getStepContext().getStepExecution();
        TaskId task = TaskParameters.taskOf(step);
        ExecutionContext context = step.getExecutionContext();
        try {
            DiskWork work = open.get(step);
            if (work == null) {
                VmMigration migration = migrations.of(task);
                @Nullable String checkpoint = context.containsKey(CHECKPOINT) ? context.getString(CHECKPOINT) : null;
                work = factory.open(migration, migration.disk(context.getString(DISK)), checkpoint);
                open.put(step, work);
            }
            if (work.slice(slice)) {
                return RepeatStatus.FINISHED;
            }
            @Nullable String checkpoint = work.checkpoint();
            if (checkpoint != null) {
                context.putString(CHECKPOINT, checkpoint);
            }
            return RepeatStatus.CONTINUABLE;
        } catch (RuntimeException e) {
            failures.note(task, e);
            throw e;
        }
    }

    /** Makes all slices under way end soon, and their steps with them. */
    void hurry() {
        open.forEach((step, work) -> {
            step.setTerminateOnly();
            work.requestStop();
        });
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        DiskWork work = open.remove(step);
        if (work != null) {
            work.close();
        }
        return null;
    }
}
