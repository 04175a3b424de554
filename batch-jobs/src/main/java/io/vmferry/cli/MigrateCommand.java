package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.Endpoints;
import io.vmferry.batch.planning.Planning;
import io.vmferry.rules.PlanHash;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.report.RunState;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmferry migrate}: plan, then act. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description =
                "Migrates every selected VM that the plan does not block. What is finished already is adopted; what was"
                        + " interrupted goes on where it was.")
final class MigrateCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    MigrationOptions options = new MigrationOptions();

    @Option(
            names = "--approved",
            paramLabel = "PLAN-HASH",
            description = "Refuse to run unless the plan still has this hash (the report of 'plan' shows it).")
    @Nullable
    String approved;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    Language language = new Language();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        RunConsole console = new RunConsole(
                command.getOut(), command.getErr(), Main.verbose(command), output.format, language.locale());
        MigrationFile file = options.migration();
        try (Endpoints endpoints = options.endpoints()) {
            Plan plan = new Planning(
                            file,
                            options.rules(),
                            endpoints,
                            said -> console.err().println(said + " ..."))
                    .plan(Instant.now());
            requireApproved(file, plan);
            RunState state =
                    new BatchRun(file, options.reports(), console).execute(plan, endpoints, BatchRun.AtGate.LEAVE);
            int code = ExitCode.of(state);
            boolean someUnreadable = PlanTable.blocked(plan.findings());
            return code == ExitCode.DONE && someUnreadable ? ExitCode.SOME_FAILED : code;
        }
    }

    private void requireApproved(MigrationFile file, Plan plan) {
        String hash = PlanHash.of(plan);
        if (approved != null && !approved.equals(hash)) {
            throw new VmferryException(
                    BatchError.PLAN_CHANGED,
                    "migration " + file.name(),
                    "the plan is now " + hash + ", not the approved " + approved,
                    "Look at the new plan with 'vmferry plan', and approve that one.");
        }
    }
}
