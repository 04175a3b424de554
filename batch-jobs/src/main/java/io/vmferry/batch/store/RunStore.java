package io.vmferry.batch.store;

import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.report.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs: each call of {@code migrate} or {@code import}, with the plan it executed and the tasks it covered. */
public final class RunStore {
    private final JdbcClient jdbc;
    private final Clock clock;

    public RunStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How a run stands to one of its tasks. */
    public record Part(TaskId task, RunState state) {}

    public void create(String id, Plan plan, String planHash) {
        jdbc.sql("insert into vmferry_run (id, migration, plan_hash, plan, state, started) values (?, ?, ?, ?, ?, ?)")
                .param(id)
                .param(plan.migration())
                .param(planHash)
                .param(Rows.json(plan))
                .param(RunState.RUNNING.name())
                .param(Rows.time(clock.instant()))
                .update();
    }

    public void add(String run, int ordinal, TaskId task, RunState state) {
        jdbc.sql("insert into vmferry_run_task (run, ordinal, vm, generation, state) values (?, ?, ?, ?, ?)")
                .params(run, ordinal, task.vm(), task.generation(), state.name())
                .update();
    }

    public void part(String run, TaskId task, RunState state) {
        jdbc.sql("update vmferry_run_task set state = ? where run = ? and vm = ?")
                .params(state.name(), run, task.vm())
                .update();
    }

    public void ended(String run, RunState state) {
        jdbc.sql("update vmferry_run set state = ?, finished = ? where id = ?")
                .param(state.name())
                .param(Rows.time(clock.instant()))
                .param(run)
                .update();
    }

    /** Runs that a process left behind when it died are no longer running; called before a new one begins. */
    public void closeAbandoned(String migration) {
        jdbc.sql("update vmferry_run set state = ? where migration = ? and state = ?")
                .params(RunState.STOPPED.name(), migration, RunState.RUNNING.name())
                .update();
    }

    /** Newest first. */
    public List<Run> list() {
        return jdbc.sql("select * from vmferry_run order by started desc, id desc")
                .query(RunStore::run)
                .list();
    }

    /** By full id or an unambiguous beginning of it. */
    public Optional<Run> find(String idOrPrefix) {
        List<Run> found =
                list().stream().filter(run -> run.id().startsWith(idOrPrefix)).toList();
        return found.size() == 1
                ? Optional.of(found.get(0))
                : found.stream().filter(run -> run.id().equals(idOrPrefix)).findFirst();
    }

    public Optional<Run> latest() {
        return list().stream().findFirst();
    }

    /** In the plan's order. */
    public List<Part> parts(String run, String migration) {
        return jdbc.sql("select * from vmferry_run_task where run = ? order by ordinal")
                .param(run)
                .query((row, number) -> new Part(
                        new TaskId(migration, row.getString("vm"), row.getInt("generation")),
                        RunState.valueOf(row.getString("state"))))
                .list();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getString("id"),
                row.getString("migration"),
                row.getString("plan_hash"),
                Rows.JSON.readValue(row.getString("plan"), Plan.class),
                RunState.valueOf(row.getString("state")),
                Rows.requiredInstant(row, "started"),
                Rows.instant(row, "finished"));
    }
}
