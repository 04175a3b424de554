package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.StoreReader;
import io.vmferry.rules.load.MigrationLoader;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.report.RunReport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store {@code status} and {@code report} look at. */
final class StoreOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "MIGRATION.YAML",
            description = "Use the store of this migration file.")
    @Nullable
    Path file;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "The store, without its extension. Default: .vmferry/store in the current folder.")
    @Nullable
    Path store;

    StoreReader open() {
        return StoreReader.open(location());
    }

    /**
     * Reads from the store, or from what the run in progress writes down for others to see.
     *
     * @param fromStore what to do with past runs
     * @param fromRunning what to do with the one in progress when the store is closed to us
     */
    void look(Consumer<StoreReader> fromStore, Consumer<RunReport> fromRunning) {
        try (StoreReader reader = open()) {
            fromStore.accept(reader);
        } catch (VmferryException e) {
            Optional<RunReport> running =
                    e.code() == BatchError.STORE_IN_USE ? LiveReport.read(location()) : Optional.empty();
            fromRunning.accept(running.orElseThrow(() -> e));
        }
    }

    private Path location() {
        if (store != null) {
            return store;
        }
        return file != null ? MigrationLoader.load(file).store() : Path.of(".vmferry", "store");
    }
}
