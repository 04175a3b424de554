package io.vmferry.batch;

import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.migration.Failures;
import io.vmferry.batch.migration.QuiesceSource;
import io.vmferry.batch.migration.SourceRestore;
import io.vmferry.batch.migration.VmMigrations;
import io.vmferry.batch.store.DiskStore;
import io.vmferry.batch.store.GateStore;
import io.vmferry.batch.store.RunReports;
import io.vmferry.batch.store.RunStore;
import io.vmferry.batch.store.SourceLedger;
import io.vmferry.batch.store.StepStore;
import io.vmferry.batch.store.TaskId;
import io.vmferry.batch.store.TaskStore;
import io.vmferry.batch.wave.MigrationRun;
import io.vmferry.batch.wave.StopOnTerm;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport.StepReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The Spring application for as long as a command needs it: store, Batch and the migrate-vm job. Closing it stops what runs
 * and closes the store.
 */
public final class MigrationApp implements AutoCloseable {
    /** H2's code for a database file that another process has open. */
    private static final int H2_IN_USE = 90020;

    private final ConfigurableApplicationContext context;

    private MigrationApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * @param store H2 file without its extension
     * @param endpoints stay the caller's
     */
    public static MigrationApp start(Path store, Endpoints endpoints, RunSettings settings, LiveBoard live) {
        SpringApplication application = new SpringApplication(BatchApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(properties(store));
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(Endpoints.class, () -> endpoints, definition -> definition.setDestroyMethodName(""));
            beans.registerBean(RunSettings.class, () -> settings);
            beans.registerBean(LiveBoard.class, () -> live);
        });
        try {
            return new MigrationApp(application.run());
        } catch (RuntimeException e) {
            throw inPlainWords(store, e);
        }
    }

    private static Map<String, Object> properties(Path store) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", StoreLocation.jdbcUrl(store));
        properties.put("spring.datasource.username", StoreLocation.USER);
        properties.put("spring.datasource.password", "");
        properties.put("spring.datasource.hikari.minimum-idle", 1);
        properties.put("spring.batch.job.enabled", false);
        properties.put("spring.batch.jdbc.initialize-schema", "always");
        // The default, serializable, fails starts that race on PostgreSQL; the unique job key is protection enough.
        properties.put("spring.batch.jdbc.isolation-level-for-create", "read_committed");
        properties.put("spring.flyway.locations", "classpath:db/vmferry");
        properties.put("spring.flyway.baseline-on-migrate", true);
        properties.put("spring.flyway.baseline-version", 0);
        properties.put("spring.jmx.enabled", false);
        return properties;
    }

    private static RuntimeException inPlainWords(Path store, RuntimeException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof VmferryException coded) {
                return coded;
            }
            if (at instanceof SQLException sql && sql.getErrorCode() == H2_IN_USE) {
                return new VmferryException(
                        BatchError.STORE_IN_USE,
                        "store " + store,
                        "another vmferry process is using it",
                        "Wait until that one has ended, or give this migration a store of its own.",
                        failure);
            }
        }
        return new VmferryException(
                BatchError.STORE_UNUSABLE,
                "store " + store,
                "it cannot be opened",
                "Check that its folder can be written and that the file was made by this version of vmferry or an older one;"
                        + " -v prints the cause.",
                failure);
    }

    /** Keeps the store open during a signal's shutdown until the result is closed. */
    public StopOnTerm.Hold hold() {
        return context.getBean(StopOnTerm.class).hold();
    }

    public MigrationRun run() {
        return context.getBean(MigrationRun.class);
    }

    public RunStore runs() {
        return context.getBean(RunStore.class);
    }

    public TaskStore tasks() {
        return context.getBean(TaskStore.class);
    }

    public DiskStore disks() {
        return context.getBean(DiskStore.class);
    }

    public GateStore gates() {
        return context.getBean(GateStore.class);
    }

    /** Name of the gate that a waiting task stands at: {@code transfer}, {@code power-off} or {@code accept}. */
    public String gateOf(TaskId task) {
        List<StepReport> steps = context.getBean(StepStore.class).of(task);
        if (steps.stream().anyMatch(step -> step.name().equals("create-vm") && step.state() == RunState.DONE)) {
            return "accept";
        }
        return steps.stream().anyMatch(step -> step.name().equals("quiesce-source")) ? QuiesceSource.GATE : "transfer";
    }

    /** Puts a task's source back as it was. */
    public void restoreSource(TaskId task) {
        context.getBean(SourceRestore.class)
                .undoAll(context.getBean(VmMigrations.class).of(task));
    }

    public SourceLedger ledger() {
        return context.getBean(SourceLedger.class);
    }

    public RunReports reports() {
        return context.getBean(RunReports.class);
    }

    public Failures failures() {
        return context.getBean(Failures.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
