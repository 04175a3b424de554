package io.vmferry.cli;

import io.vmferry.batch.StoreReader;
import io.vmferry.rules.load.MigrationLoader;
import java.nio.file.Path;
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
        if (store != null) {
            return StoreReader.open(store);
        }
        return StoreReader.open(file != null ? MigrationLoader.load(file).store() : Path.of(".vmferry", "store"));
    }
}
