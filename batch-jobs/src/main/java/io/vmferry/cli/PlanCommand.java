package io.vmferry.cli;

import io.vmferry.batch.Endpoints;
import io.vmferry.batch.Version;
import io.vmferry.batch.planning.Planning;
import io.vmferry.rules.PlanHash;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.report.PlanReport;
import io.vmferry.spi.target.TargetObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code vmferry plan}: the dry run. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Says what a migration would do, and changes nothing. Writes report.html, report.json, report.csv and"
                        + " the manifests it would create.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    MigrationOptions options = new MigrationOptions();

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description =
                    "Plan from an inventory saved with 'inventory --save' instead of asking the sources; disks are not"
                            + " opened, so amounts are the inventory's.")
    @Nullable
    Path inventory;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    Language language = new Language();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = command.getOut();
        PrintWriter err = command.getErr();
        Path folder = options.reports().resolve("plan");
        try (Endpoints endpoints = endpoints()) {
            Plan plan = new Planning(
                            options.migration(), options.rules(), endpoints, said -> err.println(said + " ..."))
                    .plan(Instant.now());
            PlanReport report = new PlanReport(PlanReport.SCHEMA, Version.current(), PlanHash.of(plan), plan);
            Path html = Reports.write(report, folder, language.locale());
            writeManifests(plan, endpoints, folder.resolve("manifests"));
            if (output.json()) {
                out.println(Reports.json(report));
            } else {
                PlanTable.print(plan, out);
                out.println("Report:    " + html);
                out.println("Manifests: " + folder.resolve("manifests"));
            }
            boolean blocked = PlanTable.blocked(plan.findings())
                    || plan.vms().stream().anyMatch(vm -> vm.verdict() == Verdict.BLOCKED);
            return blocked ? ExitCode.BLOCKED : ExitCode.DONE;
        }
    }

    private Endpoints endpoints() {
        if (inventory == null) {
            return options.endpoints();
        }
        return OfflineEndpoints.of(options.migration(), inventory);
    }

    private static void writeManifests(Plan plan, Endpoints endpoints, Path folder) {
        try {
            for (VmPlan vm : plan.vms()) {
                Path own = folder.resolve(vm.key());
                Files.createDirectories(own);
                StringBuilder all = new StringBuilder();
                for (TargetObject object : endpoints.target().manifests(vm)) {
                    all.append("---\n").append(object.manifest());
                }
                Files.writeString(own.resolve("manifests.yaml"), all);
            }
        } catch (IOException e) {
            throw IoFailure.writing(folder.toString(), e);
        }
    }
}
