package io.vmferry.batch;

import io.vmferry.batch.store.DiskStore;
import io.vmferry.batch.store.RunReports;
import io.vmferry.batch.store.RunStore;
import io.vmferry.batch.store.StepStore;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.spi.error.VmferryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Reads past runs without starting the application: one connection, no Batch. */
public final class StoreReader implements AutoCloseable {
    private static final int H2_IN_USE = 90020;

    private final SingleConnectionDataSource dataSource;
    private final RunStore runs;
    private final RunReports reports;

    private StoreReader(Connection connection) {
        dataSource = new SingleConnectionDataSource(connection, true);
        JdbcClient jdbc = JdbcClient.create(dataSource);
        Clock clock = Clock.systemUTC();
        runs = new RunStore(jdbc, clock);
        reports = new RunReports(
                runs, new TaskStore(jdbc, clock), new DiskStore(jdbc), new StepStore(jdbc, clock), Version.current());
    }

    /** @param store H2 file without its extension; must exist */
    public static StoreReader open(Path store) {
        if (!StoreLocation.exists(store)) {
            throw new VmferryException(
                    BatchError.STORE_UNUSABLE,
                    "store " + store,
                    "there is none; nothing was migrated from here yet",
                    "Name the migration file with -f, or the store with --store.");
        }
        try {
            return new StoreReader(DriverManager.getConnection(
                    StoreLocation.jdbcUrl(store) + ";IFEXISTS=TRUE", StoreLocation.USER, ""));
        } catch (SQLException e) {
            if (e.getErrorCode() == H2_IN_USE) {
                throw new VmferryException(
                        BatchError.STORE_IN_USE,
                        "store " + store,
                        "a run is using it right now, and an H2 file opens only once",
                        "Look at that run's own output, or ask again when it has ended.",
                        e);
            }
            throw new VmferryException(
                    BatchError.STORE_UNUSABLE,
                    "store " + store,
                    "it cannot be opened",
                    "Check that the file was made by this version of vmferry or an older one; -v prints the cause.",
                    e);
        }
    }

    public RunStore runs() {
        return runs;
    }

    public RunReports reports() {
        return reports;
    }

    @Override
    public void close() {
        dataSource.destroy();
    }
}
