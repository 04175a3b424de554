package io.vmferry.cli;

import io.vmferry.cli.disk.DiskFile;
import io.vmferry.cli.disk.DiskName;
import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageScan;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.plan.ImageSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vmferry image}: what a disk image is, where its data lie, what its content's digest is. */
@Command(name = "image", mixinStandardHelpOptions = true, description = "Says what a disk image is.")
final class ImageCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = SourceOptions.SOURCE)
    @Nullable
    Path file;

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(names = "--member", paramLabel = "NAME", description = SourceOptions.MEMBER)
    @Nullable
    String member;

    @Option(names = "--map", description = "List extents: data, zeros, holes, compressed runs.")
    boolean map;

    @Option(names = "--digest", description = "Read everything and print the content digest.")
    boolean digest;

    @Option(
            names = "--sha256",
            description = "Read everything and print the plain SHA-256 of the raw disk, as sha256sum does.")
    boolean sha256;

    @Mixin
    ThreadOptions threads = new ThreadOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    /**
     * What {@code -o json} carries.
     *
     * @param map only with {@code --map}
     * @param digest only with {@code --digest}
     * @param sha256 only with {@code --sha256}
     */
    record Facts(
            String file,
            String format,
            String variant,
            long virtualSize,
            int blockSize,
            long dataBytes,
            long storedBytes,
            Map<String, String> details,
            List<String> notices,
            @Nullable List<Run> map,
            @Nullable String digest,
            @Nullable String digestAlgorithm,
            @Nullable String sha256) {}

    /** A run of extents of one kind. */
    record Run(long start, long length, String kind) {}

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        DiskName name = DiskName.of(Objects.requireNonNull(file), member);
        try (DiskImage image = DiskFile.open(name, sources.spool)) {
            ImageFacts facts = image.facts();
            ImageSummary summary = ImageScan.scan(image);
            @Nullable CopyResult read = digest || sha256 ? read(image, name) : null;
            @Nullable ContentDigest content = read == null ? null : read.digest();
            @Nullable ContentDigest whole = read == null ? null : read.sha256();
            Facts all = new Facts(
                    name.toString(),
                    facts.format(),
                    facts.variant(),
                    facts.virtualSize(),
                    facts.blockSize(),
                    summary.dataBytes(),
                    summary.storedBytes(),
                    facts.details(),
                    facts.notices(),
                    map ? runs(image) : null,
                    content == null ? null : content.hex(),
                    content == null ? null : content.algorithm(),
                    whole == null ? null : whole.hex());
            if (output.json()) {
                out.println(JsonOutput.write(all));
            } else {
                print(all, out);
            }
        }
        return ExitCode.DONE;
    }

    private CopyResult read(DiskImage image, DiskName name) {
        CopyOptions options = CopyOptions.of(name.toString()).withThreads(threads.count());
        return ImageDigest.read(image, options.withVerify(digest).withSha256(sha256));
    }

    private static List<Run> runs(DiskImage image) {
        List<Run> runs = new ArrayList<>();
        for (long at = 0; at < image.virtualSize(); ) {
            Extent extent = image.extentAt(at);
            @Nullable EncodedBlock block = extent.encoded();
            String kind =
                    (block == null ? extent.kind().name() : block.encoding().name()).toLowerCase(Locale.ROOT);
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).kind().equals(kind)) {
                Run before = runs.get(last);
                runs.set(last, new Run(before.start(), extent.end() - before.start(), kind));
            } else {
                runs.add(new Run(extent.start(), extent.length(), kind));
            }
            at = extent.end();
        }
        return runs;
    }

    private static void print(Facts facts, PrintWriter out) {
        Table table = new Table("file", Table.printable(facts.file()));
        table.row("format", (facts.format() + " " + facts.variant()).trim());
        table.row("virtual size", Units.bytes(facts.virtualSize()) + " (" + facts.virtualSize() + " bytes)");
        table.row("data", Units.bytes(facts.dataBytes()) + ", stored in " + Units.bytes(facts.storedBytes()));
        if (facts.blockSize() > 1) {
            table.row("block size", Units.bytes(facts.blockSize()));
        }
        facts.details().forEach(table::row);
        facts.notices().forEach(notice -> table.row("notice", notice));
        if (facts.digest() != null) {
            table.row("digest", facts.digest() + " (" + facts.digestAlgorithm() + ")");
        }
        if (facts.sha256() != null) {
            table.row("SHA-256", facts.sha256() + " (of the raw content)");
        }
        out.print(table);
        if (facts.map() != null) {
            Table extents = new Table("START", "LENGTH", "KIND");
            facts.map().forEach(run -> extents.row(run.start(), run.length(), run.kind()));
            out.println();
            out.print(extents);
        }
    }
}
