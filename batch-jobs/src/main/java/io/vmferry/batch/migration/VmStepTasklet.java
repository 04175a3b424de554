package io.vmferry.batch.migration;

import io.vmferry.batch.store.TaskId;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Runs a {@link VmStep} as a Batch tasklet and keeps its failure. */
final class VmStepTasklet implements Tasklet {
    private final VmStep step;
    private final VmMigrations migrations;
    private final Failures failures;

    VmStepTasklet(VmStep step, VmMigrations migrations, Failures failures) {
        this.step = step;
        this.migrations = migrations;
        this.failures = failures;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        TaskId task = TaskParameters.taskOf(context.getStepContext().getStepExecution());
        try {
            step.run(migrations.of(task));
        } catch (AwaitsAnswer e) {
            contribution.setExitStatus(new ExitStatus(GateTasklet.PENDING));
        } catch (StopRequested e) {
            context.getStepContext().getStepExecution().setTerminateOnly();
        } catch (RuntimeException e) {
            failures.note(task, e);
            throw e;
        }
        return RepeatStatus.FINISHED;
    }
}
