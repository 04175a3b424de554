package io.vmferry.cli;

import io.vmferry.reports.json.JsonReports;
import io.vmferry.spi.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The report of the run in progress as a file beside the store, renewed every two seconds: an H2 file opens only once, and
 * people want to look at a run from another terminal. Gone when the run has ended.
 */
final class LiveReport implements AutoCloseable {
    private static final long EVERY_MILLIS = 2000;

    private final Path file;
    private final Supplier<RunReport> report;
    private final Thread writer;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param store H2 file without its extension */
    LiveReport(Path store, Supplier<RunReport> report) {
        this.file = fileOf(store);
        this.report = report;
        this.writer = new Thread(this::loop, "live-report");
        writer.setDaemon(true);
        writer.start();
    }

    private void loop() {
        try {
            do {
                write();
            } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void write() {
        try {
            Path part = file.resolveSibling(".running.json.part");
            Files.writeString(part, Reports.json(report.get()), StandardCharsets.UTF_8);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            // Looking at a run must not end it; whoever looks sees an older state, or none.
        }
    }

    /** What another process wrote last; empty when none did. */
    static Optional<RunReport> read(Path store) {
        Path file = fileOf(store);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(JsonReports.readRun(in, file.toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path fileOf(Path store) {
        return Objects.requireNonNull(store.toAbsolutePath().getParent()).resolve("running.json");
    }

    @Override
    public void close() {
        // Never by an interrupt: one that meets a read of the store would close the store's file for everybody.
        closed.countDown();
        try {
            writer.join();
            Files.deleteIfExists(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Left over; the next run replaces it.
        }
    }
}
