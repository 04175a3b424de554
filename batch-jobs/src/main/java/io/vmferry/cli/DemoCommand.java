package io.vmferry.cli;

import io.vmferry.demo.SampleAppliance;
import io.vmferry.demo.SampleVcenter;
import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vmferry demo}: the whole way on a sample, with the very commands that a user would type. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Starts a simulated vCenter with three VMs (or makes a sample OVA), plans and migrates them into a folder."
                        + " A second run adopts what is there.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-d", "--dir"},
            defaultValue = "vmferry-demo",
            paramLabel = "DIR",
            description = "Where everything goes. Default: ${DEFAULT-VALUE}.")
    Path folder = Path.of("vmferry-demo");

    /** Where the demo's VMs come from. */
    enum Source {
        vsphere,
        files
    }

    @Option(
            names = "--source",
            defaultValue = "vsphere",
            description = "Where VMs come from: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Source source = Source.vsphere;

    @Mixin
    Language language = new Language();

    @Override
    public Integer call() {
        Path home = folder.toAbsolutePath().normalize();
        return source == Source.vsphere ? fromVcenter(home) : fromFiles(home);
    }

    private int fromVcenter(Path home) {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        Path migration = home.resolve("migration.yaml");
        writeFiles(home, migration);
        command.getErr().println("1. Starting a simulated vCenter with three VMs");
        try (SampleVcenter vcenter = SampleVcenter.start(home.resolve("source"))) {
            command.getErr().println("   It listens on " + vcenter.server() + " until the demo ends");
            tellServer(migration, vcenter.server());
            return planAndMigrate(command, home.resolve("target"), migration);
        }
    }

    private int fromFiles(Path home) {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = command.getErr();
        Path ova = home.resolve("source").resolve(SampleAppliance.VM + ".ova");
        Path migration = home.resolve("migration-files.yaml");
        writeFiles(home, migration);
        if (Files.exists(ova)) {
            err.println("1. The sample OVA is there already: " + ova);
        } else {
            err.println("1. Making a sample OVA: " + ova);
            SampleAppliance.write(ova);
        }
        return planAndMigrate(command, home.resolve("target-files"), migration);
    }

    private int planAndMigrate(CommandLine command, Path target, Path migration) {
        PrintWriter err = command.getErr();
        err.println("2. vmferry plan -f " + migration);
        int planned = again(command, "plan", migration);
        if (planned != ExitCode.DONE) {
            return planned;
        }
        err.println("3. vmferry migrate -f " + migration);
        int migrated = again(command, "migrate", migration);
        command.getOut().println("Disks and manifests: " + target);
        return migrated;
    }

    /** The simulator listens where there is room, so the address is another each time; the rest of the file is the user's. */
    private static void tellServer(Path migration, String server) {
        try {
            Files.writeString(
                    migration, Files.readString(migration).replaceFirst("(?m)^(\\s+server:) .*$", "$1 " + server));
        } catch (IOException e) {
            throw IoFailure.writing(migration.toString(), e);
        }
    }

    private int again(CommandLine command, String what, Path migration) {
        return Main.run(
                new String[] {what, "-f", migration.toString(), "--lang", language.choice.name()},
                command.getOut(),
                command.getErr());
    }

    /** The demo's migration and rules, with comments that teach; left alone once they exist, so that one can play with them. */
    private static void writeFiles(Path home, Path migration) {
        try {
            Files.createDirectories(home);
            for (String name : new String[] {String.valueOf(migration.getFileName()), "rules.yaml"}) {
                Path file = home.resolve(name);
                if (Files.notExists(file)) {
                    try (java.io.InputStream in =
                            Objects.requireNonNull(DemoCommand.class.getResourceAsStream("/io/vmferry/demo/" + name))) {
                        Files.write(file, in.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw IoFailure.writing(migration.toString(), e);
        }
    }
}
