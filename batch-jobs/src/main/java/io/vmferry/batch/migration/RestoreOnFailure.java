package io.vmferry.batch.migration;

import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.TaskId;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.report.RunState;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/** A VM that failed is put back at its source. Never hides the failure that it follows. */
public final class RestoreOnFailure implements JobExecutionListener {
    private final boolean wanted;
    private final VmMigrations migrations;
    private final SourceRestore restore;
    private final LiveBoard live;

    public RestoreOnFailure(boolean wanted, VmMigrations migrations, SourceRestore restore, LiveBoard live) {
        this.wanted = wanted;
        this.migrations = migrations;
        this.restore = restore;
        this.live = live;
    }

    @Override
    public void afterJob(JobExecution job) {
        if (!wanted || TaskLedger.stateOf(job) != RunState.FAILED) {
            return;
        }
        TaskId task = TaskParameters.taskOf(job);
        try {
            restore.undoAll(migrations.of(task));
        } catch (VmferryException e) {
            live.say(e.subject() + ": the source could not be put back as it was: " + e.reason()
                    + ". Run 'vmferry rollback' when it can be reached again.");
        }
    }
}
