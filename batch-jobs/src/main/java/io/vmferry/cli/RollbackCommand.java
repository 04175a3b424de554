package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.Endpoints;
import io.vmferry.batch.MigrationApp;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.SourceChange;
import io.vmferry.batch.store.Task;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetSession;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmferry rollback}: VMs live at their source again. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description =
                "Puts VMs back: what was created for them on the target is removed, then the source is as it was before"
                        + " (VMs that ran are started, cards plugged in, our snapshots removed). Without --yes it only says what it"
                        + " would do.")
final class RollbackCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    MigrationOptions options = new MigrationOptions();

    @Option(
            names = "--vm",
            paramLabel = "NAME",
            description = "Only this VM; may be repeated. Default: every VM of the migration that was begun.")
    List<String> only = new ArrayList<>();

    @Option(names = "--keep-target", description = "Leave what is on the target.")
    boolean keepTarget;

    @Option(names = "--yes", description = "Do it.")
    boolean yes;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = command.getOut();
        LogLevel.set(Main.verbose(command));
        MigrationFile file = options.migration();
        LiveBoard live = new LiveBoard();
        int failed = 0;
        try (Endpoints endpoints = options.endpoints();
                MigrationApp app = MigrationApp.start(file.store(), endpoints, BatchRun.settings(file), live)) {
            List<Task> tasks = chosen(app.tasks().latest(file.name()), file);
            for (Task task : tasks) {
                failed += rollBack(app, endpoints.target(), task, live, out) ? 0 : 1;
            }
            if (tasks.isEmpty()) {
                out.println("Nothing was begun for this migration.");
            } else if (!yes) {
                out.println("Nothing was done. Run the same command with --yes to do it.");
            }
        }
        return failed == 0 ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private List<Task> chosen(List<Task> tasks, MigrationFile file) {
        for (String name : only) {
            if (tasks.stream().noneMatch(task -> task.plan().vm().name().equals(name))) {
                throw new VmferryException(
                        BatchError.VM_UNKNOWN,
                        name,
                        "migration " + file.name() + " never began a VM of that name",
                        "'vmferry status -f FILE -o json' lists its VMs.");
            }
        }
        return tasks.stream()
                .filter(task -> only.isEmpty() || only.contains(task.plan().vm().name()))
                .toList();
    }

    /** The target first: at no moment do two machines of one address run. */
    private boolean rollBack(MigrationApp app, TargetSession target, Task task, LiveBoard live, PrintWriter out) {
        String name = Table.printable(task.plan().vm().name());
        List<ObjectRef> objects =
                keepTarget ? List.of() : target.ours(Optional.of(task.plan().key()));
        List<SourceChange> changes = app.ledger().open(task.id());
        if (objects.isEmpty() && changes.isEmpty()) {
            out.println(name + ": nothing to undo");
            return true;
        }
        for (ObjectRef object : objects) {
            out.println(name + ": remove " + Table.printable(object.toString()));
        }
        for (int i = changes.size() - 1; i >= 0; i--) {
            out.println(name + ": " + words(changes.get(i)));
        }
        if (!yes) {
            return true;
        }
        try {
            boolean removed = remove(target, objects, name, out);
            if (!removed && target.runner().isPresent()) {
                // Whatever is left there might still run under the VM's addresses.
                return false;
            }
            app.restoreSource(task.id());
            app.tasks().rolledBack(task.id());
            return removed;
        } catch (VmferryException e) {
            failed(e, name, out);
            return false;
        } finally {
            for (String said = live.nextMessage(); said != null; said = live.nextMessage()) {
                out.println(said);
            }
        }
    }

    private static boolean remove(TargetSession target, List<ObjectRef> objects, String name, PrintWriter out) {
        boolean all = true;
        for (ObjectRef object : objects) {
            try {
                target.delete(object);
            } catch (VmferryException e) {
                failed(e, name, out);
                all = false;
            }
        }
        return all;
    }

    private static void failed(VmferryException e, String name, PrintWriter out) {
        out.println("FAILED " + name + ": " + Table.printable(e.subject()) + ": " + e.reason() + " ["
                + e.code().name() + "]");
        out.println("       " + e.remedy());
    }

    private static String words(SourceChange change) {
        return switch (change.kind()) {
            case POWER_OFF -> "start it at the source";
            case SNAPSHOT -> "remove our snapshot " + Table.printable(change.subject());
            case NIC_DISCONNECT -> "plug in card " + Table.printable(change.subject()) + " at the source";
        };
    }
}
