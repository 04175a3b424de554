package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.Endpoints;
import io.vmferry.batch.MigrationApp;
import io.vmferry.batch.migration.QuiesceSource;
import io.vmferry.batch.planning.Planning;
import io.vmferry.batch.store.TaskId;
import io.vmferry.cli.assist.Answers;
import io.vmferry.cli.assist.ImportFile;
import io.vmferry.cli.assist.Interview;
import io.vmferry.cli.assist.Questions;
import io.vmferry.rules.load.RulesLoader;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.RunState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The guide of an assisted import. It is the same plan and the same job as in a batch, with its gates shut; what it adds is
 * asking. Everything it was told is kept in the answers, everything it did in the store.
 */
final class AssistedImport {
    private final Path folder;
    private final ImportFile importFile;
    private final Answers answers;
    private final Questions questions;
    private final RunConsole console;
    private final boolean agreed;

    AssistedImport(
            Path folder, String migration, Answers answers, Questions questions, RunConsole console, boolean agreed) {
        this.folder = folder;
        this.importFile = new ImportFile(folder, migration, answers);
        this.answers = answers;
        this.questions = questions;
        this.console = console;
        this.agreed = agreed;
    }

    int run() {
        Interview interview = new Interview(answers, questions);
        int answered = 0;
        while (true) {
            MigrationFile file = importFile.write();
            try (Endpoints endpoints = new Endpoints(file.sources(), file.target())) {
                Plan plan = new Planning(file, RulesLoader.of(file), endpoints, said -> {}).plan(Instant.now());
                if (plan.vms().size() > 1) {
                    if (!chooseVm(plan)) {
                        return left();
                    }
                    continue;
                }
                VmPlan vm = plan.vms().get(0);
                if (answers.get("vm").isEmpty()) {
                    answers.put("vm", vm.vm().name());
                    continue;
                }
                // Once before the first question, and once more before anything is copied if answers changed it.
                if (answered == 0) {
                    PlanTable.print(plan, console.err());
                }
                switch (interview.about(vm)) {
                    case ANSWERED -> {
                        answered++;
                        continue;
                    }
                    case LEFT -> {
                        return left();
                    }
                    case COMPLETE -> {}
                }
                if (answered > 0) {
                    PlanTable.print(plan, console.err());
                }
                if (vm.verdict() == Verdict.BLOCKED) {
                    questions.say(
                            "The plan is blocked by the findings above. Mend what they say, then run the same command.");
                    return ExitCode.BLOCKED;
                }
                RunState state =
                        new BatchRun(file, folder.resolve("report"), console).execute(plan, endpoints, this::atGate);
                return state == RunState.WAITING ? left() : ExitCode.of(state);
            }
        }
    }

    private boolean chooseVm(Plan plan) {
        List<String> names = plan.vms().stream().map(vm -> vm.vm().name()).toList();
        if (!questions.anybody()) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    answers.get("source").orElse("source"),
                    "it has several VMs: "
                            + names.stream().map(Table::printable).collect(Collectors.joining(", ")),
                    "Name one with --vm.");
        }
        names.forEach(name -> questions.say("  " + Table.printable(name)));
        Optional<String> chosen = questions.ask("Which VM", "", names::contains, "Type one of the names above.");
        chosen.ifPresent(name -> answers.put("vm", name));
        return chosen.isPresent();
    }

    private boolean atGate(MigrationApp app, String run, Plan plan) {
        for (TaskId task : app.run().waiting(run, plan)) {
            String name = plan.vms().get(0).vm().name();
            String gate = app.gateOf(task);
            String question = switch (gate) {
                case "transfer" -> "Copy the disks of " + name + " now?";
                case QuiesceSource.GATE -> "The guest of " + name + " does not shut down. Cut its power?";
                default -> "Disks are copied and proven, the manifests are written. Declare " + name + " done?";
            };
            // A yes to everything was not meant for cutting power.
            boolean granted = agreed && !gate.equals(QuiesceSource.GATE);
            if (!granted && !(questions.anybody() && questions.agree(question))) {
                return false;
            }
            app.gates().approve(task, gate);
        }
        return true;
    }

    private int left() {
        questions.say("Left here. Nothing is lost: the same command goes on from this question. Answers are kept in "
                + folder
                + (questions.anybody() ? "" : "; without a terminal, give them as flags, and --yes for the gates")
                + ".");
        return ExitCode.DONE;
    }
}
