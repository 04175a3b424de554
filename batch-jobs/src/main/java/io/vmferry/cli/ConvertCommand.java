package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.cli.disk.Compression;
import io.vmferry.cli.disk.Conversion;
import io.vmferry.cli.disk.CopySettings;
import io.vmferry.cli.disk.DeviceTarget;
import io.vmferry.cli.disk.DiskFile;
import io.vmferry.cli.disk.DiskName;
import io.vmferry.cli.disk.StreamTarget;
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
    private static final String GIVE_FORMAT = "Give -O " + DiskFile.FORMATS + ".";

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
                    "File to write; appears when it is complete. Or a block device, with --onto-device; or - for standard output, with -O raw, raw.gz or raw.zst.")
    @Nullable
    Path target;

    @Option(
            names = {"-O", "--format"},
            paramLabel = "FORMAT",
            description = DiskFile.FORMATS + ". Default: by DST's name, such as disk.qcow2 or disk.img.gz.")
    @Nullable
    String format;

    @Option(
            names = "--compress",
            defaultValue = "auto",
            paramLabel = "HOW",
            description =
                    "How qcow2 clusters are stored: ${COMPLETION-CANDIDATES}. auto keeps compressed what comes compressed. A VMDK is zlib, or stored with none.")
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

    @Option(
            names = "--no-sync",
            description =
                    "Do not wait until DST is on the medium, as qemu-img and cp don't. A power failure soon after may damage it.")
    boolean noSync;

    @Mixin
    ThreadOptions threads = new ThreadOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path from = Objects.requireNonNull(source);
        Path to = Objects.requireNonNull(target);
        int workers = threads.count();
        boolean toStandardOutput = StreamTarget.isDash(to);
        if (!toStandardOutput || ontoDevice) {
            DeviceTarget.require(to, force, ontoDevice);
        }
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
                            DiskName.of(from, member),
                            to,
                            formatOf(to),
                            new CopySettings(
                                    sources.spool,
                                    limit,
                                    workers,
                                    !noVerify,
                                    sha256,
                                    compression,
                                    level,
                                    ontoDevice,
                                    !noSync))
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
            String id = format.toLowerCase(Locale.ROOT);
            if (!DiskFile.isWritten(id)) {
                throw usage("-O " + format, "there is no such format to write", GIVE_FORMAT);
            }
            return id;
        }
        if (ontoDevice) {
            return "raw";
        }
        return DiskFile.formatByName(to)
                .orElseThrow(() -> usage(to.toString(), "its name does not tell the format", GIVE_FORMAT));
    }

    private void print(Conversion.Result r, PrintWriter out) {
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
        if (r.sha256() != null) {
            out.println("  SHA-256       " + r.sha256() + " (of the raw content)");
        }
        if (noSync) {
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
