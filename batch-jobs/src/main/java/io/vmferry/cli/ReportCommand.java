package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.StoreReader;
import io.vmferry.batch.store.Run;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.report.RunReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vmferry report}: one run, from the store, as often as somebody asks. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Shows one run, or writes its report again as HTML, JSON and CSV.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    StoreOptions store = new StoreOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Id of the run or the beginning of it. Default: the newest.")
    @Nullable
    String run;

    @Option(
            names = {"-d", "--report-dir"},
            paramLabel = "DIR",
            description = "Write report.html, report.json and report.csv there.")
    @Nullable
    Path reportDir;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    Language language = new Language();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        store.look(reader -> show(reader.reports().of(find(reader)), out), running -> show(running, out));
        return ExitCode.DONE;
    }

    private void show(RunReport report, PrintWriter out) {
        if (reportDir != null) {
            out.println("Report: " + Reports.write(report, reportDir, language.locale()));
        } else if (output.json()) {
            out.println(Reports.json(report));
        } else {
            out.println("Run " + report.run() + " of migration " + report.migration() + ", "
                    + report.state().name().toLowerCase(Locale.ROOT));
            RunTable.print(report, out);
        }
    }

    private Run find(StoreReader reader) {
        return (run == null ? reader.runs().latest() : reader.runs().find(run))
                .orElseThrow(() -> new VmferryException(
                        BatchError.RUN_UNKNOWN,
                        run == null ? "the store" : "run " + run,
                        run == null
                                ? "it holds no run yet"
                                : "the store has no run of that id, or several that begin so",
                        "'vmferry status' lists the runs."));
    }
}
