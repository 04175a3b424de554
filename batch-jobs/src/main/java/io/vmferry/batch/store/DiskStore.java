package io.vmferry.batch.store;

import io.vmferry.spi.report.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Disks of tasks: position, bytes, digest. Written after every slice. */
public final class DiskStore {
    private final JdbcClient jdbc;

    public DiskStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void put(TaskId task, DiskRecord disk) {
        int updated = jdbc.sql("update vmferry_disk set state = ?, target_path = ?, at_byte = ?, bytes_read = ?,"
                        + " bytes_written = ?, digest = ?, proof = ?, seconds = ?"
                        + " where migration = ? and vm = ? and generation = ? and disk = ?")
                .param(disk.state().name())
                .param(disk.targetPath())
                .param(disk.position())
                .param(disk.bytesRead())
                .param(disk.bytesWritten())
                .param(disk.digest())
                .param(disk.proof())
                .param(disk.seconds())
                .param(task.migration())
                .param(task.vm())
                .param(task.generation())
                .param(disk.disk())
                .update();
        if (updated == 0) {
            jdbc.sql("insert into vmferry_disk (migration, vm, generation, disk, state, target_path, at_byte,"
                            + " bytes_read, bytes_written, digest, proof, seconds)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .param(task.migration())
                    .param(task.vm())
                    .param(task.generation())
                    .param(disk.disk())
                    .param(disk.state().name())
                    .param(disk.targetPath())
                    .param(disk.position())
                    .param(disk.bytesRead())
                    .param(disk.bytesWritten())
                    .param(disk.digest())
                    .param(disk.proof())
                    .param(disk.seconds())
                    .update();
        }
    }

    public List<DiskRecord> of(TaskId task) {
        return jdbc.sql("select * from vmferry_disk where migration = ? and vm = ? and generation = ? order by disk")
                .params(task.migration(), task.vm(), task.generation())
                .query(DiskStore::disk)
                .list();
    }

    public Optional<DiskRecord> of(TaskId task, String disk) {
        return of(task).stream().filter(d -> d.disk().equals(disk)).findFirst();
    }

    private static DiskRecord disk(ResultSet row, int number) throws SQLException {
        return new DiskRecord(
                row.getString("disk"),
                RunState.valueOf(row.getString("state")),
                row.getString("target_path"),
                row.getLong("at_byte"),
                row.getLong("bytes_read"),
                row.getLong("bytes_written"),
                row.getString("digest"),
                row.getString("proof"),
                row.getDouble("seconds"));
    }
}
