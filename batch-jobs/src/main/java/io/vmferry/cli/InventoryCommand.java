package io.vmferry.cli;

import io.vmferry.batch.Endpoints;
import io.vmferry.batch.Version;
import io.vmferry.batch.inventory.Inventory;
import io.vmferry.batch.inventory.InventoryFile;
import io.vmferry.batch.inventory.InventoryItem;
import io.vmferry.batch.inventory.SavedSource;
import io.vmferry.rules.load.MigrationLoader;
import io.vmferry.rules.model.MigrationFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmferry inventory}: what the sources have. */
@Command(
        name = "inventory",
        mixinStandardHelpOptions = true,
        description = "Lists the VMs of the sources, all of them, selected or not. Changes nothing.")
final class InventoryCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "MIGRATION.YAML",
            description = "The migration file that names the sources.")
    @Nullable
    Path file;

    @Option(names = "--source", paramLabel = "NAME", description = "Only this source of the file; may be repeated.")
    List<String> only = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "What is printed: ${COMPLETION-CANDIDATES}.")
    InventoryPrinter.Format format = InventoryPrinter.Format.table;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Keeps everything in a file from which 'plan --inventory' works without the sources.")
    @Nullable
    Path save;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = command.getErr();
        MigrationFile migration = MigrationLoader.load(Objects.requireNonNull(file));
        Tally tally = new Tally(err);
        try (Endpoints endpoints = new Endpoints(
                        migration.sources().stream()
                                .filter(source -> only.isEmpty() || only.contains(source.name()))
                                .toList(),
                        migration.target());
                InventoryPrinter printer = InventoryPrinter.of(format, command.getOut());
                Kept kept = new Kept(save)) {
            new Inventory(endpoints)
                    .visit(
                            new Inventory.Visitor() {
                                @Override
                                public void source(SavedSource source) {
                                    kept.source(source);
                                }

                                @Override
                                public void item(InventoryItem item) {
                                    printer.item(item);
                                    kept.item(item);
                                    tally.item(item);
                                }
                            },
                            said -> err.println(said + " ..."));
            printer.end();
            kept.commit();
        }
        tally.end(save);
        return tally.unreadable == 0 ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    /** The file, where one was asked for. */
    private static final class Kept implements AutoCloseable {
        private final InventoryFile.@Nullable Writer writer;

        Kept(@Nullable Path save) {
            writer = save == null ? null : new InventoryFile.Writer(save, Version.current(), Instant.now());
        }

        void source(SavedSource source) {
            if (writer != null) {
                writer.source(source);
            }
        }

        void item(InventoryItem item) {
            if (writer != null) {
                writer.item(item);
            }
        }

        void commit() {
            if (writer != null) {
                writer.commit();
            }
        }

        @Override
        public void close() {
            if (writer != null) {
                writer.close();
            }
        }
    }

    /** Progress while it goes on, and the sum at the end. */
    private static final class Tally {
        private static final int EVERY = 500;
        private final PrintWriter err;
        private int seen;
        private int unreadable;

        Tally(PrintWriter err) {
            this.err = err;
        }

        void item(InventoryItem item) {
            seen++;
            if (item.failure() != null) {
                unreadable++;
                err.println("unreadable: " + Table.printable(item.failure().subject()) + ": "
                        + Table.printable(item.failure().reason()) + " ["
                        + item.failure().code() + "]");
            }
            if (seen % EVERY == 0) {
                err.println(seen + " VMs ...");
            }
        }

        void end(@Nullable Path saved) {
            err.println(seen
                    + (seen == 1 ? " VM" : " VMs")
                    + (unreadable == 0 ? "" : ", " + unreadable + " of them unreadable")
                    + (saved == null ? "" : "; saved in " + saved));
        }
    }
}
