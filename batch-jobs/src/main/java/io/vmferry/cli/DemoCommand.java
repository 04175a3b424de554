package io.vmferry.cli;

import io.vmferry.demo.SampleAppliance;
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
        description = "Makes a sample OVA, plans it and migrates it into a folder. A second run adopts what is there.")
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

    @Mixin
    Language language = new Language();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = command.getErr();
        Path home = folder.toAbsolutePath().normalize();
        Path ova = home.resolve("source").resolve(SampleAppliance.VM + ".ova");
        Path migration = home.resolve("migration.yaml");
        writeFiles(home, migration);
        if (Files.exists(ova)) {
            err.println("1. The sample OVA is there already: " + ova);
        } else {
            err.println("1. Making a sample OVA: " + ova);
            SampleAppliance.write(ova);
        }
        err.println("2. vmferry plan -f " + migration);
        int planned = again(command, "plan", migration);
        if (planned != ExitCode.DONE) {
            return planned;
        }
        err.println("3. vmferry migrate -f " + migration);
        int migrated = again(command, "migrate", migration);
        command.getOut().println("Disks and manifests: " + home.resolve("target"));
        return migrated;
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
            for (String name : new String[] {"migration.yaml", "rules.yaml"}) {
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
