package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.Endpoints;
import io.vmferry.batch.MigrationApp;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.Task;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.report.RunState;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmferry approve}: the word that a VM at a gate waits for. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description =
                "Opens the gate at which VMs wait (transfer, power-off, accept). 'migrate' then goes on with them. Without"
                        + " --vm it only lists who waits where.")
final class ApproveCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    MigrationOptions options = new MigrationOptions();

    @Option(names = "--vm", paramLabel = "NAME", description = "A VM that may go on; may be repeated.")
    List<String> vms = new ArrayList<>();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = command.getOut();
        LogLevel.set(Main.verbose(command));
        MigrationFile file = options.migration();
        try (Endpoints endpoints = options.endpoints();
                MigrationApp app =
                        MigrationApp.start(file.store(), endpoints, BatchRun.settings(file), new LiveBoard())) {
            List<Task> waiting = app.tasks().latest(file.name()).stream()
                    .filter(task -> task.state() == RunState.WAITING)
                    .toList();
            if (vms.isEmpty()) {
                list(app, waiting, out);
                return ExitCode.DONE;
            }
            for (String name : vms) {
                List<Task> named = waiting.stream()
                        .filter(task -> task.plan().vm().name().equals(name))
                        .toList();
                if (named.isEmpty()) {
                    throw new VmferryException(
                            BatchError.VM_UNKNOWN,
                            name,
                            "no VM of that name waits at a gate of migration " + file.name(),
                            "'vmferry approve -f FILE' lists who waits.");
                }
                for (Task task : named) {
                    String gate = app.gateOf(task.id());
                    app.gates().approve(task.id(), gate);
                    out.println(Table.printable(name) + ": gate " + gate + " is open");
                }
            }
            out.println("'vmferry migrate -f " + options.file + "' goes on from there.");
            return ExitCode.DONE;
        }
    }

    private static void list(MigrationApp app, List<Task> waiting, PrintWriter out) {
        if (waiting.isEmpty()) {
            out.println("Nobody waits.");
            return;
        }
        Table table = new Table("VM", "WAITS AT");
        waiting.forEach(task -> table.row(task.plan().vm().name(), app.gateOf(task.id())));
        out.print(table);
    }
}
