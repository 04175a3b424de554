package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.cli.disk.Compression;
import io.vmferry.cli.disk.Conversion;
import io.vmferry.cli.disk.CopySettings;
import io.vmferry.cli.disk.DeviceTarget;
import io.vmferry.cli.disk.DiskFile;
import io.vmferry.converter.filter.RateLimit;
import io.vmferry.spi.error.VmferryException;
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

/** {@code vmferry convert}: the converter by itself. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description =
                "Converts a disk image. Every compressed block of the source is checked and the content digest computed.")
final class ConvertCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SRC", description = "VMDK, qcow2 or raw image.")
    @Nullable
    Path source;

    @Parameters(
            index = "1",
            paramLabel = "DST",
            description = "File to write; appears when it is complete. Or a block device, with --onto-device.")
    @Nullable
    Path target;

    @Option(
            names = {"-O", "--format"},
            paramLabel = "FORMAT",
            description = "raw, qcow2 or vmdk. Default: by DST's name (.raw, .img, .qcow2, .vmdk).")
    @Nullable
    String format;

    @Option(
            names = "--compress",
            defaultValue = "auto",
            paramLabel = "HOW",
            description =
                    "How qcow2 clusters are stored: ${COMPLETION-CANDIDATES}. auto keeps compressed what comes compressed. A VMDK is zlib, or stored with none.")
    Compression compression = Compression.auto;

    @Option(names = "--force", description = "Replace DST if it exists.")
    boolean force;

    @Option(
            names = "--onto-device",
            description = "DST is a block device, and the disk goes over what is on it. Never onto one that is in use.")
    boolean ontoDevice;

    @Option(
            names = "--sha256",
            description = "Compute the plain SHA-256 of the raw disk as well. Takes one core all the time.")
    boolean sha256;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "Read SRC no faster than so many bytes a second: 50M, 1.5G.")
    @Nullable
    String rate;

    @Option(
            names = "--no-verify",
            description =
                    "Neither check compressed blocks nor compute the content digest. Faster; a damaged source goes unnoticed.")
    boolean noVerify;

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: one per core.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path from = Objects.requireNonNull(source);
        Path to = Objects.requireNonNull(target);
        if (threads < 1) {
            throw usage(
                    "--threads " + threads,
                    "at least one thread is needed",
                    "Leave the flag out or give a positive number.");
        }
        DeviceTarget.require(to, force, ontoDevice);
        if (sha256 && noVerify) {
            throw usage(
                    "--sha256 with --no-verify",
                    "a digest of everything needs all that --no-verify leaves out",
                    "Give one of the two.");
        }
        RateLimit limit = rate == null ? null : RateLimit.of(ByteRate.parse("--rate", rate));
        Conversion.Result result;
        try (ConsoleProgress progress = new ConsoleProgress(err, Terminal.onStderr())) {
            result = new Conversion(
                            from,
                            to,
                            formatOf(to),
                            compression,
                            threads,
                            !noVerify,
                            new CopySettings(ontoDevice, sha256, limit))
                    .run(progress);
        }
        if (output.json()) {
            out.println(JsonOutput.write(result));
        } else {
            print(result, out);
        }
        return ExitCode.DONE;
    }

    private String formatOf(Path to) {
        if (format != null) {
            return format.toLowerCase(Locale.ROOT);
        }
        if (ontoDevice) {
            return "raw";
        }
        return DiskFile.formatByName(to)
                .orElseThrow(
                        () -> usage(to.toString(), "its name does not tell the format", "Give -O raw, qcow2 or vmdk."));
    }

    private static void print(Conversion.Result r, PrintWriter out) {
        out.println(r.source() + " (" + r.sourceFormat() + ") -> " + r.target() + " (" + r.format()
                + (r.encoding().isEmpty() ? "" : ", " + r.encoding()) + ")");
        out.println("  virtual size  " + Units.bytes(r.virtualSize()));
        out.println("  read          " + Units.bytes(r.bytesRead()) + ", written " + Units.bytes(r.bytesWritten())
                + " in " + Units.seconds(r.seconds()));
        out.println("  blocks        " + r.passedThrough() + " passed through, " + r.reencoded() + " compressed, "
                + r.plain() + " plain, " + Units.bytes(r.zeroBytes()) + " of zeros");
        out.println(
                r.digest() == null
                        ? "  NOT VERIFIED  compressed blocks were not checked and no digest was computed (--no-verify)"
                        : "  digest        " + r.digest() + " (" + r.digestAlgorithm() + ")");
        if (r.sha256() != null) {
            out.println("  SHA-256       " + r.sha256() + " (of the raw content)");
        }
    }

    private static VmferryException usage(String subject, String reason, String remedy) {
        return new VmferryException(BatchError.BAD_USAGE, subject, reason, remedy);
    }
}
