package io.vmferry.batch.store;

import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import io.vmferry.spi.target.ObjectRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tasks: what became of each VM of a migration, over all runs. */
public final class TaskStore {
    private final JdbcClient jdbc;
    private final Clock clock;

    public TaskStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void create(TaskId id, String planHash, VmPlan plan) {
        jdbc.sql("insert into vmferry_task (migration, vm, generation, plan_hash, plan, state, objects)"
                        + " values (?, ?, ?, ?, ?, ?, '[]')")
                .params(id.migration(), id.vm(), id.generation(), planHash, Rows.json(plan), RunState.PENDING.name())
                .update();
    }

    public Task get(TaskId id) {
        return jdbc.sql("select * from vmferry_task where migration = ? and vm = ? and generation = ?")
                .params(id.migration(), id.vm(), id.generation())
                .query(this::task)
                .single();
    }

    /** The newest generation of a VM. */
    public Optional<Task> latest(String migration, String vm) {
        return jdbc.sql("select * from vmferry_task where migration = ? and vm = ? order by generation desc limit 1")
                .params(migration, vm)
                .query(this::task)
                .optional();
    }

    /** The newest generation of each VM of a migration. */
    public List<Task> latest(String migration) {
        return jdbc.sql("select * from vmferry_task t where migration = ? and generation ="
                        + " (select max(generation) from vmferry_task n where n.migration = t.migration and n.vm = t.vm)"
                        + " order by vm")
                .param(migration)
                .query(this::task)
                .list();
    }

    public void running(TaskId id) {
        jdbc.sql("update vmferry_task set state = ?, failure = null, finished = null,"
                        + " started = coalesce(started, ?) where migration = ? and vm = ? and generation = ?")
                .params(RunState.RUNNING.name(), Rows.time(clock.instant()), id.migration(), id.vm(), id.generation())
                .update();
    }

    public void ended(TaskId id, RunState state, VmReport.@Nullable Failure failure) {
        jdbc.sql("update vmferry_task set state = ?, finished = ?, failure = ?"
                        + " where migration = ? and vm = ? and generation = ?")
                .param(state.name())
                .param(Rows.time(clock.instant()))
                .param(failure == null ? null : Rows.json(failure))
                .param(id.migration())
                .param(id.vm())
                .param(id.generation())
                .update();
    }

    /** The plan as it is carried out: what was not known when it was made is now. */
    public void settle(TaskId id, VmPlan plan) {
        jdbc.sql("update vmferry_task set plan = ? where migration = ? and vm = ? and generation = ?")
                .params(Rows.json(plan), id.migration(), id.vm(), id.generation())
                .update();
    }

    /** A later run begins the VM anew. */
    public void rolledBack(TaskId id) {
        jdbc.sql("update vmferry_task set state = ?, plan_hash = ?, objects = '[]'"
                        + " where migration = ? and vm = ? and generation = ?")
                .params(RunState.STOPPED.name(), "rolled back", id.migration(), id.vm(), id.generation())
                .update();
    }

    public void objects(TaskId id, List<ObjectRef> objects) {
        jdbc.sql("update vmferry_task set objects = ? where migration = ? and vm = ? and generation = ?")
                .params(Rows.json(objects), id.migration(), id.vm(), id.generation())
                .update();
    }

    private Task task(ResultSet row, int number) throws SQLException {
        @Nullable String failure = row.getString("failure");
        return new Task(
                new TaskId(row.getString("migration"), row.getString("vm"), row.getInt("generation")),
                row.getString("plan_hash"),
                Rows.JSON.readValue(row.getString("plan"), VmPlan.class),
                RunState.valueOf(row.getString("state")),
                Rows.instant(row, "started"),
                Rows.instant(row, "finished"),
                List.of(Rows.JSON.readValue(row.getString("objects"), ObjectRef[].class)),
                failure == null ? null : Rows.JSON.readValue(failure, VmReport.Failure.class));
    }
}
