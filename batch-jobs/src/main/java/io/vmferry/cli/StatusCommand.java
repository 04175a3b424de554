package io.vmferry.cli;

import io.vmferry.spi.report.RunReport;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.report.VmReport;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vmferry status}: the runs there were, newest first. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Lists runs, newest first; while one is in progress, only that one.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    StoreOptions store = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        store.look(
                reader -> show(
                        reader.runs().list().stream()
                                .map(run -> reader.reports().of(run))
                                .toList(),
                        out),
                running -> show(List.of(running), out));
        return ExitCode.DONE;
    }

    private void show(List<RunReport> runs, PrintWriter out) {
        if (output.json()) {
            out.println(JsonOutput.write(runs.stream().map(StatusCommand::facts).toList()));
        } else {
            print(runs, out);
        }
    }

    private static void print(List<RunReport> reports, PrintWriter out) {
        Table table = new Table("RUN", "MIGRATION", "STATE", "STARTED", "TOOK", "VMS");
        DateTimeFormatter local =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
        for (RunReport run : reports) {
            table.row(
                    run.run(),
                    run.migration(),
                    run.state().name().toLowerCase(Locale.ROOT),
                    local.format(run.started()),
                    run.finished() == null
                            ? "-"
                            : Units.seconds(run.started().until(run.finished(), ChronoUnit.MILLIS) / 1000.0),
                    counts(run));
        }
        out.print(table);
        out.println("\n'vmferry report RUN' shows one of them.");
    }

    private static String counts(RunReport run) {
        Map<RunState, Long> counts = run.vms().stream()
                .collect(Collectors.groupingBy(VmReport::state, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** What {@code -o json} carries of a run. */
    record Facts(
            String run,
            String migration,
            RunState state,
            String started,
            @Nullable String finished,
            Map<String, RunState> vms) {}

    private static Facts facts(RunReport run) {
        Map<String, RunState> vms = new LinkedHashMap<>();
        run.vms().forEach(vm -> vms.put(vm.name(), vm.state()));
        return new Facts(
                run.run(),
                run.migration(),
                run.state(),
                run.started().toString(),
                run.finished() == null ? null : run.finished().toString(),
                vms);
    }
}
