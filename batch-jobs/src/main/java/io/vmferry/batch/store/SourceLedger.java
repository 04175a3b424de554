package io.vmferry.batch.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was changed at the sources. An entry is written before the change is made: after a crash there may be an entry without
 * a change, but never a change that nobody knows of.
 */
public final class SourceLedger {
    private static final String OF_TASK = " where migration = ? and vm = ? and generation = ?";

    private final JdbcClient jdbc;
    private final Clock clock;

    public SourceLedger(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Notes what is about to be done. An entry that was undone before is taken up again, without what the source gave then. */
    public void note(TaskId task, SourceChange.Kind kind, String subject) {
        int again = jdbc.sql("update vmferry_source_change set undone = null, detail = null" + OF_TASK
                        + " and kind = ? and subject = ?")
                .params(task.migration(), task.vm(), task.generation(), kind.name(), subject)
                .update();
        if (again == 0) {
            jdbc.sql("insert into vmferry_source_change (migration, vm, generation, kind, subject, noted)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .param(task.migration())
                    .param(task.vm())
                    .param(task.generation())
                    .param(kind.name())
                    .param(subject)
                    .param(Rows.time(clock.instant()))
                    .update();
        }
    }

    /** Adds what the source gave in return. */
    public void detail(TaskId task, SourceChange.Kind kind, String subject, String detail) {
        jdbc.sql("update vmferry_source_change set detail = ?" + OF_TASK + " and kind = ? and subject = ?")
                .params(detail, task.migration(), task.vm(), task.generation(), kind.name(), subject)
                .update();
    }

    public void undone(SourceChange change) {
        TaskId task = change.task();
        jdbc.sql("update vmferry_source_change set undone = ?" + OF_TASK + " and kind = ? and subject = ?")
                .param(Rows.time(clock.instant()))
                .param(task.migration())
                .param(task.vm())
                .param(task.generation())
                .param(change.kind().name())
                .param(change.subject())
                .update();
    }

    /** What is not undone, in the order in which it was done. */
    public List<SourceChange> open(TaskId task) {
        return jdbc.sql("select * from vmferry_source_change" + OF_TASK + " and undone is null order by noted, subject")
                .params(task.migration(), task.vm(), task.generation())
                .query(SourceLedger::change)
                .list();
    }

    public Optional<SourceChange> open(TaskId task, SourceChange.Kind kind) {
        return open(task).stream().filter(change -> change.kind() == kind).findFirst();
    }

    private static SourceChange change(ResultSet row, int number) throws SQLException {
        return new SourceChange(
                new TaskId(row.getString("migration"), row.getString("vm"), row.getInt("generation")),
                SourceChange.Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("detail"));
    }
}
