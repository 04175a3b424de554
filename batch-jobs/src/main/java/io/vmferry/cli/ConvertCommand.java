package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.cli.disk.Compression;
import io.vmferry.cli.disk.Conversion;
import io.vmferry.cli.disk.DiskFile;
import io.vmferry.cli.disk.DiskName;
import io.vmferry.cli.disk.StreamTarget;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.spi.error.VmferryException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

    @Parameters(index = "0", paramLabel = "SRC", description = SourceOptions.SOURCE)
    @Nullable
    Path source;

    @Parameters(
            index = "1",
            paramLabel = "DST",
            description =
                    "File to write; appears when it is complete. - is standard output, for -O raw, raw.gz or raw.zst.")
    @Nullable
    Path target;

    @Option(
            names = {"-O", "--format"},
            paramLabel = "FORMAT",
            description =
                    "raw, qcow2, raw.gz or raw.zst. Default: by DST's name (.raw, .img, .qcow2, .raw.gz, .img.gz, .raw.zst, .img.zst).")
    @Nullable
    String format;

    @Option(
            names = "--compress",
            defaultValue = "auto",
            paramLabel = "HOW",
            description =
                    "How qcow2 clusters are stored: ${COMPLETION-CANDIDATES}. auto keeps compressed what comes compressed.")
    Compression compression = Compression.auto;

    @Option(
            names = "--level",
            paramLabel = "N",
            description =
                    "How hard to compress what does not come compressed: zlib 1 to 9 (default 6), zstd 1 to 19 (default 3).")
    @Nullable
    Integer level;

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(names = "--member", paramLabel = "NAME", description = SourceOptions.MEMBER)
    @Nullable
    String member;

    @Option(names = "--force", description = "Replace DST if it exists.")
    boolean force;

    @Option(
            names = "--no-verify",
            description =
                    "Neither check compressed blocks nor compute the content digest. Faster; a damaged source goes unnoticed.")
    boolean noVerify;

    @Option(
            names = "--no-sync",
            description =
                    "Do not wait until DST is on the medium, as qemu-img and cp don't. A power failure soon after may damage it.")
    boolean noSync;

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: one more than cores.")
    int threads = CopyOptions.defaultThreads();

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
        boolean toStandardOutput = StreamTarget.isDash(to);
        if (!toStandardOutput && Files.exists(to) && !force) {
            throw usage(to.toString(), "it exists already", "Give --force to replace it, or another name.");
        }
        Conversion.Result result;
        try (ConsoleProgress progress = new ConsoleProgress(err, Terminal.onStderr())) {
            result = new Conversion(
                            DiskName.of(from, member),
                            sources.spool,
                            to,
                            formatOf(to),
                            compression,
                            level,
                            threads,
                            !noVerify,
                            !noSync)
                    .run(progress);
        }
        // Standard output is the disk then.
        PrintWriter report = toStandardOutput ? err : out;
        if (output.json()) {
            report.println(JsonOutput.write(result));
        } else {
            print(result, report);
        }
        return ExitCode.DONE;
    }

    private String formatOf(Path to) {
        if (format != null) {
            return format.toLowerCase(Locale.ROOT);
        }
        return DiskFile.formatByName(to)
                .orElseThrow(() -> usage(
                        to.toString(), "its name does not tell the format", "Give -O raw, qcow2, raw.gz or raw.zst."));
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
                        ? "  NOT VERIFIED  " + unverified(r.format())
                        : "  digest        " + r.digest() + " (" + r.digestAlgorithm() + ")");
        if (!r.synced()) {
            out.println("  NOT SYNCED    a power failure in the next minutes may damage the result (--no-sync)");
        }
    }

    private static String unverified(String format) {
        return format.equals("raw.gz")
                ? "no digest was computed (--no-verify); blocks were inflated all the same, as gzip needs their CRC-32"
                : "compressed blocks were not checked and no digest was computed (--no-verify)";
    }

    private static VmferryException usage(String subject, String reason, String remedy) {
        return new VmferryException(BatchError.BAD_USAGE, subject, reason, remedy);
    }
}
