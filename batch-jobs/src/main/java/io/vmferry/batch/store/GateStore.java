package io.vmferry.batch.store;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers at the gates. An answer is state of the job, not of the process that asked: it may come days later. */
public final class GateStore {
    private final JdbcClient jdbc;
    private final Clock clock;

    public GateStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void approve(TaskId task, String gate) {
        if (!approved(task, gate)) {
            jdbc.sql("insert into vmferry_gate (migration, vm, generation, gate, approved) values (?, ?, ?, ?, ?)")
                    .param(task.migration())
                    .param(task.vm())
                    .param(task.generation())
                    .param(gate)
                    .param(Rows.time(clock.instant()))
                    .update();
        }
    }

    public boolean approved(TaskId task, String gate) {
        return jdbc.sql("select count(*) from vmferry_gate where migration = ? and vm = ? and generation = ?"
                                + " and gate = ?")
                        .params(task.migration(), task.vm(), task.generation(), gate)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
