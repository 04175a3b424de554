package io.vmferry.cli;

import io.vmferry.batch.Endpoints;
import io.vmferry.batch.MigrationApp;
import io.vmferry.batch.RunSettings;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.wave.MigrationRun;
import io.vmferry.batch.wave.StopOnTerm;
import io.vmferry.converter.filter.LimitedImage;
import io.vmferry.converter.filter.RateLimit;
import io.vmferry.rules.PlanHash;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.Policy;
import io.vmferry.rules.model.Transfer;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** Executes a plan from the command line: opens the store, shows progress, writes the report. */
final class BatchRun {
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Between two saved positions of a disk: what a crash costs at most. {@code -Dvmferry.slice} is for tests. */
    private static final Duration SLICE = Duration.parse(System.getProperty("vmferry.slice", "PT2S"));

    private final MigrationFile file;
    private final Path reports;
    private final RunConsole console;

    /** @param reports folder of all reports of this migration */
    BatchRun(MigrationFile file, Path reports, RunConsole console) {
        this.file = file;
        this.reports = reports;
        this.console = console;
    }

    /** Asked whenever the run stands at a gate. */
    interface AtGate {
        /** @return true when the answer was given and the run goes on */
        boolean answered(MigrationApp app, String run, Plan plan);

        /** Nobody answers: the run ends at the gate. */
        AtGate LEAVE = (app, run, plan) -> false;
    }

    RunState execute(Plan plan, Endpoints endpoints, AtGate atGate) {
        LogLevel.set(console.verbose());
        LiveBoard live = new LiveBoard();
        try (MigrationApp app = MigrationApp.start(file.store(), endpoints, settings(file), live);
                StopOnTerm.Hold hold = app.hold()) {
            String id = newRunId();
            int vms = plan.vms().size();
            console.err()
                    .println("Run " + id + " of migration " + file.name() + ": " + vms + (vms == 1 ? " VM" : " VMs"));
            app.run().begin(id, plan, PlanHash.of(plan));
            RunState state = work(app, id, plan, live);
            while (state == RunState.WAITING && atGate.answered(app, id, plan)) {
                state = work(app, id, plan, live);
            }
            write(report(app, id));
            return state;
        }
    }

    private RunState work(MigrationApp app, String id, Plan plan, LiveBoard live) {
        MigrationRun.Options options = new MigrationRun.Options(
                file.transfer().parallelVms(),
                file.policy().gates(),
                file.policy().onFailure() == Policy.OnFailure.STOP);
        try (ProgressDisplay display = new ProgressDisplay(live, console.err(), Terminal.onStderr());
                LiveReport running = new LiveReport(file.store(), () -> report(app, id))) {
            return app.run().work(id, plan, options);
        }
    }

    private static RunReport report(MigrationApp app, String id) {
        return app.reports().of(app.runs().find(id).orElseThrow());
    }

    private void write(RunReport report) {
        Path html = Reports.write(report, reports.resolve(report.run()), console.locale());
        if (console.output() == OutputFormat.json) {
            console.out().println(Reports.json(report));
        } else {
            RunTable.print(report, console.out());
            console.out().println("Report: " + html);
        }
    }

    static RunSettings settings(MigrationFile file) {
        Transfer transfer = file.transfer();
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = transfer.threads().orElse(Math.max(1, cores / transfer.parallelDisks()));
        Path folder = Objects.requireNonNull(file.store().toAbsolutePath().getParent());
        return new RunSettings(
                folder.resolve("state"),
                transfer.parallelVms(),
                transfer.parallelDisks(),
                threads,
                SLICE,
                source(),
                file.policy().source());
    }

    /** {@code -Dvmferry.rate}, bytes a second over all disks, is for tests that have to meet a copy half-way. */
    private static UnaryOperator<DiskImage> source() {
        Long rate = Long.getLong("vmferry.rate");
        if (rate == null) {
            return image -> image;
        }
        RateLimit limit = RateLimit.of(rate);
        return image -> new LimitedImage(image, limit);
    }

    private static String newRunId() {
        return RUN_ID.format(Instant.now()) + "-"
                + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 36 * 36 * 36), 36);
    }
}
