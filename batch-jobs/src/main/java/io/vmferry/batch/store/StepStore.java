package io.vmferry.batch.store;

import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport.StepReport;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Steps of tasks with their times, so that reports need not know Batch's tables. */
public final class StepStore {
    private final JdbcClient jdbc;
    private final Clock clock;

    public StepStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void started(TaskId task, String step) {
        int updated = jdbc.sql("update vmferry_step set state = ?, started = ?, finished = null"
                        + " where migration = ? and vm = ? and generation = ? and step = ?")
                .param(RunState.RUNNING.name())
                .param(Rows.time(clock.instant()))
                .param(task.migration())
                .param(task.vm())
                .param(task.generation())
                .param(step)
                .update();
        if (updated == 0) {
            jdbc.sql("insert into vmferry_step (migration, vm, generation, step, ordinal, state, started)"
                            + " values (?, ?, ?, ?, (select count(*) from vmferry_step"
                            + " where migration = ? and vm = ? and generation = ?), ?, ?)")
                    .param(task.migration())
                    .param(task.vm())
                    .param(task.generation())
                    .param(step)
                    .param(task.migration())
                    .param(task.vm())
                    .param(task.generation())
                    .param(RunState.RUNNING.name())
                    .param(Rows.time(clock.instant()))
                    .update();
        }
    }

    public void ended(TaskId task, String step, RunState state) {
        jdbc.sql("update vmferry_step set state = ?, finished = ?"
                        + " where migration = ? and vm = ? and generation = ? and step = ?")
                .param(state.name())
                .param(Rows.time(clock.instant()))
                .param(task.migration())
                .param(task.vm())
                .param(task.generation())
                .param(step)
                .update();
    }

    public List<StepReport> of(TaskId task) {
        return jdbc.sql("select * from vmferry_step where migration = ? and vm = ? and generation = ? order by ordinal")
                .params(task.migration(), task.vm(), task.generation())
                .query((row, number) -> new StepReport(
                        row.getString("step"),
                        RunState.valueOf(row.getString("state")),
                        Rows.instant(row, "started"),
                        Rows.instant(row, "finished")))
                .list();
    }
}
