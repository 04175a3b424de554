package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.cli.assist.Answers;
import io.vmferry.cli.assist.KeyboardQuestions;
import io.vmferry.cli.assist.Questions;
import io.vmferry.spi.error.VmferryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vmferry import}: one VM, with a person who decides. Flags are answers given beforehand. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Imports one VM step by step: shows its plan, asks for what is unresolved, asks before it copies and again"
                        + " before it declares the VM done. Leave it at any question; the same command goes on there.")
final class ImportCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", arity = "0..1", description = "An OVA, an OVF folder, a VMX or a VMDK.")
    @Nullable
    Path source;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "MIGRATION.YAML",
            description =
                    "Instead of SOURCE: take sources, target, rules and policy from this migration file, and one VM of it"
                            + " (--vm), for instance out of a vCenter.")
    @Nullable
    Path file;

    @Option(
            names = "--running",
            paramLabel = "HOW",
            description = "What to do if the VM runs: refuse (default), shutdown or snapshot.")
    @Nullable
    String running;

    @Option(names = "--vm", paramLabel = "NAME", description = "Which VM, when the source has several.")
    @Nullable
    String vm;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for disks and manifests. Default: vmferry-out in the current folder.")
    @Nullable
    Path to;

    @Option(names = "--name", paramLabel = "NAME", description = "Name on the target.")
    @Nullable
    String name;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "Namespace on the target.")
    @Nullable
    String namespace;

    @Option(
            names = "--network",
            paramLabel = "[NIC=]NETWORK",
            description = "Network of a card (counted from 0): pod, multus:NAMESPACE/NAME, hybridnet:NETWORK[/SUBNET]."
                    + " May be given several times.")
    String[] networks = {};

    @Option(names = "--ip", paramLabel = "[NIC=]ADDRESS/PREFIX", description = "Address to be held for a card.")
    String[] ips = {};

    @Option(names = "--mac", paramLabel = "[NIC=]MAC", description = "MAC address of a card; otherwise the source's.")
    String[] macs = {};

    @Option(names = "--storage", paramLabel = "[DISK=]CLASS", description = "Storage class of a disk.")
    String[] storage = {};

    @Option(names = "--format", paramLabel = "FORMAT", description = "qcow2 (default) or raw.")
    @Nullable
    String format;

    @Option(names = "--compress", paramLabel = "HOW", description = "auto (default), none, zlib or zstd.")
    @Nullable
    String compress;

    @Option(names = "--profile", paramLabel = "PROFILE", description = "auto (default), virtio or boot-safe.")
    @Nullable
    String profile;

    @Option(
            names = "--target-version",
            paramLabel = "VERSION",
            description = "KubeVirt version to write manifests for.")
    @Nullable
    String targetVersion;

    @Option(
            names = {"-d", "--import-dir"},
            paramLabel = "DIR",
            description = "Where the import keeps its answers, store and reports. Default: vmferry-import/SOURCE.")
    @Nullable
    Path importDir;

    @Option(names = "--yes", description = "Agree at both gates beforehand.")
    boolean yes;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    Language language = new Language();

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        requireOneSource();
        String slug = file == null ? slug(Objects.requireNonNull(source)) : slug(Path.of("import-" + vm));
        Path folder = importDir != null ? importDir : Path.of("vmferry-import", slug);
        Answers answers = Answers.open(folder.toAbsolutePath());
        flags().forEach(answers::put);
        RunConsole console = new RunConsole(
                command.getOut(), command.getErr(), Main.verbose(command), output.format, language.locale());
        Questions questions = new KeyboardQuestions(System.in, command.getErr(), Terminal.onStdin());
        return new AssistedImport(folder.toAbsolutePath(), slug, answers, questions, console, yes).run();
    }

    private void requireOneSource() {
        if ((source == null) == (file == null)) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    "import",
                    source == null ? "nothing to import is named" : "there are two sources: SOURCE and -f",
                    "Name an OVA, OVF folder, VMX or VMDK, or a migration file with -f and one of its VMs with --vm.");
        }
        if (file != null && vm == null) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    file.toString(),
                    "which of its VMs is to be imported is not said",
                    "Name it with --vm; 'vmferry inventory -f " + file + "' lists them.");
        }
    }

    private Map<String, String> flags() {
        Map<String, String> given = new LinkedHashMap<>();
        if (file != null) {
            given.put("file", file.toAbsolutePath().normalize().toString());
            put(given, "to", to == null ? null : to.toAbsolutePath().normalize().toString());
        } else {
            given.put(
                    "source",
                    Objects.requireNonNull(source).toAbsolutePath().normalize().toString());
            given.put(
                    "to",
                    (to != null ? to : Path.of("vmferry-out"))
                            .toAbsolutePath()
                            .normalize()
                            .toString());
        }
        put(given, "running", running);
        put(given, "vm", vm);
        put(given, "name", name);
        put(given, "namespace", namespace);
        put(given, "format", format);
        put(given, "compress", compress);
        put(given, "profile", profile);
        put(given, "target-version", targetVersion);
        numbered(given, "network.", networks);
        numbered(given, "ip.", ips);
        numbered(given, "mac.", macs);
        numbered(given, "storage.", storage);
        return given;
    }

    private static void put(Map<String, String> given, String question, @Nullable String answer) {
        if (answer != null) {
            given.put(question, answer);
        }
    }

    /** {@code 1=pod} is about the second, {@code pod} about the first. */
    private static void numbered(Map<String, String> given, String question, String[] flags) {
        for (String flag : flags) {
            int equals = flag.indexOf('=');
            boolean hasNumber = equals > 0 && flag.substring(0, equals).chars().allMatch(Character::isDigit);
            given.put(
                    question + (hasNumber ? flag.substring(0, equals) : "0"),
                    hasNumber ? flag.substring(equals + 1) : flag);
        }
    }

    private static String slug(Path source) {
        Path last = source.getFileName();
        String plain = (last == null ? "import" : last.toString())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.(ova|ovf|vmx|vmdk)$", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String cut = plain.length() > 50 ? plain.substring(0, 50).replaceAll("-+$", "") : plain;
        return cut.isEmpty() ? "import" : cut;
    }
}
