package io.vmferry.cli;

import io.vmferry.batch.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code vmferry}. */
@Command(
        name = "vmferry",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Moves virtual machines out of VMware vSphere and oVirt into KubeVirt.",
        subcommands = {
            DemoCommand.class,
            PlanCommand.class,
            MigrateCommand.class,
            ImportCommand.class,
            StatusCommand.class,
            ReportCommand.class,
            ConvertCommand.class,
            ImageCommand.class,
            CompareCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some VMs failed",
            "2:bad usage or input",
            "3:blocked by findings of the plan",
            "130:interrupted; the same command goes on",
        })
public final class Main implements Runnable {
    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Print causes and what libraries log.")
    boolean verbose;

    @CommandLine.Spec
    CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args, utf8(System.out), utf8(System.err)));
    }

    /** Runs one command line without ending the JVM. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        int code = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Errors())
                .setUsageHelpAutoWidth(true)
                .execute(args);
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), "Name a command.");
    }

    static boolean verbose(CommandLine command) {
        CommandLine top = command;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return ((Main) top.getCommandSpec().userObject()).verbose;
    }

    private static PrintWriter utf8(java.io.OutputStream stream) {
        return new PrintWriter(new java.io.OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Version, and with {@code -v} what it runs on. */
    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "vmferry " + Version.current(),
                "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"),
                io.vmferry.converter.codec.Codecs.describe() + ", " + io.vmferry.converter.digest.Sha256s.describe(),
            };
        }
    }
}
