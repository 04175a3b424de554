package io.vmferry.cli;

import io.vmferry.cli.disk.DiskFile;
import io.vmferry.cli.disk.DiskName;
import io.vmferry.converter.Comparison;
import io.vmferry.converter.ImageCompare;
import io.vmferry.spi.image.DiskImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vmferry compare}: whether two images hold the same disk, and where they first differ. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Says whether two disk images have the same content, whatever their formats.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the same content; one may be longer by zeros",
            "1:the content differs",
            "2:bad usage or input",
        })
final class CompareCommand implements Callable<Integer> {
    static final int DIFFERENT = 1;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = SourceOptions.SOURCE)
    @Nullable
    Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    @Nullable
    Path second;

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Mixin
    ThreadOptions threads = new ThreadOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    /** What {@code -o json} carries: the comparison and what was compared. */
    record Facts(
            boolean identical, Side a, Side b, @Nullable Long firstDifference) {}

    /** @param bytes hexadecimal digits of what it has at the first difference; empty behind its end; null without one */
    record Side(
            String file,
            String format,
            long virtualSize,
            @Nullable String bytes) {}

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        DiskName a = DiskName.of(Objects.requireNonNull(first));
        DiskName b = DiskName.of(Objects.requireNonNull(second));
        try (DiskImage one = DiskFile.open(a, sources.spool);
                DiskImage other = DiskFile.open(b, sources.spool)) {
            Comparison comparison = ImageCompare.compare(one, other, threads.count());
            Comparison.@Nullable Difference difference = comparison.difference();
            Facts facts = new Facts(
                    comparison.sameContent(),
                    side(a, one, difference == null ? null : difference.first()),
                    side(b, other, difference == null ? null : difference.second()),
                    difference == null ? null : difference.offset());
            if (output.json()) {
                out.println(JsonOutput.write(facts));
            } else {
                print(facts, out);
            }
            return comparison.sameContent() ? ExitCode.DONE : DIFFERENT;
        }
    }

    private static Side side(DiskName file, DiskImage image, @Nullable String bytes) {
        return new Side(file.toString(), image.facts().format(), image.virtualSize(), bytes);
    }

    private static void print(Facts facts, PrintWriter out) {
        Long offset = facts.firstDifference();
        if (offset == null) {
            out.println("The content is the same.");
        } else {
            out.println("The content differs, first at offset " + offset + ".");
        }
        Table table = new Table("", "FILE", "FORMAT", "VIRTUAL SIZE", offset == null ? "" : "BYTES THERE");
        row(table, "A", facts.a());
        row(table, "B", facts.b());
        out.print(table);
        long more = facts.b().virtualSize() - facts.a().virtualSize();
        if (offset == null && more != 0) {
            out.println((more > 0 ? "B" : "A") + " is longer by " + Math.abs(more) + " bytes, all of them zero.");
        }
    }

    private static void row(Table table, String name, Side side) {
        String bytes = side.bytes();
        table.row(
                name,
                side.file(),
                side.format(),
                side.virtualSize(),
                bytes == null ? "" : bytes.isEmpty() ? "behind its end" : bytes);
    }
}
