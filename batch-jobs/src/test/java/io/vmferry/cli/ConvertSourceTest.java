package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code convert}, {@code image} and {@code compare} on images that are wrapped in something. */
@Timeout(300)
class ConvertSourceTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private Path vmdk = Path.of("");
    private Path raw = Path.of("");
    private Path qcow2 = Path.of("");
    private String digest = "";

    @BeforeEach
    void images() throws IOException {
        vmdk = home.resolve("disk.vmdk");
        raw = home.resolve("disk.raw");
        qcow2 = home.resolve("disk.qcow2");
        SampleDisks.vmdk(vmdk, 12 * MIB, 6 * MIB, 41);
        digest = json("convert", vmdk.toString(), raw.toString()).get("digest").asString();
        json("convert", vmdk.toString(), qcow2.toString());
    }

    /** What allows it is read as it passes by; a raw disk goes into a stream as well. */
    @ParameterizedTest
    @CsvSource({
        "vmdk, gz, qcow2",
        "vmdk, zst, qcow2",
        "raw, gz, qcow2",
        "raw, zst, qcow2",
        "vmdk, gz, raw",
        "raw, gz, raw.zst",
        "raw, zst, raw.gz",
    })
    void readsWhatIsCompressed(String inner, String packing, String target) throws IOException {
        Path packed = pack(inner.equals("vmdk") ? vmdk : raw, packing);
        Path result = home.resolve("result." + target);

        JsonNode done = json("convert", packed.toString(), result.toString());

        assertThat(done.get("digest").asString()).isEqualTo(digest);
        if (inner.equals("vmdk") && target.equals("qcow2")) {
            assertThat(done.get("passedThrough").asLong()).isEqualTo(6 * MIB / SampleDisks.GRAIN);
        }
        if (target.equals("raw") || target.equals("qcow2")) {
            assertThat(CommandLineRun.of("compare", raw.toString(), result.toString())
                            .exitCode())
                    .isZero();
        } else {
            Path again = home.resolve("again.raw");
            json("convert", result.toString(), again.toString());
            assertThat(Files.mismatch(raw, again)).isEqualTo(-1);
        }
    }

    /** qcow2 has to be read anywhere, and so has everything that image and compare look at. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void spoolsOnlyWhenAsked(String packing) throws IOException {
        String packed = pack(qcow2, packing).toString();
        String result = home.resolve("result.raw").toString();
        Path spool = Files.createDirectory(home.resolve("spool"));

        assertRefused("FORMAT_NOT_STREAMABLE", "--spool", "convert", packed, result);
        assertRefused("CONTAINER_NOT_SEEKABLE", "--spool", "image", packed);
        assertRefused("CONTAINER_NOT_SEEKABLE", "--spool", "compare", raw.toString(), packed);
        assertThat(Path.of(result)).doesNotExist();

        JsonNode done = json("convert", packed, result, "--spool", spool.toString());
        assertThat(done.get("digest").asString()).isEqualTo(digest);
        JsonNode image = json("image", packed, "--map", "--digest", "--spool", spool.toString());
        assertThat(image.get("format").asString()).isEqualTo("qcow2");
        assertThat(image.get("digest").asString()).isEqualTo(digest);
        assertThat(CommandLineRun.of("compare", raw.toString(), packed, "--spool", spool.toString())
                        .exitCode())
                .isZero();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void readsTheOneDiskOfAnArchive() throws IOException {
        Path ova = SampleDisks.ova(home.resolve("s"), "web", 1, 8 * MIB, 4 * MIB, 42);
        Path result = home.resolve("result.qcow2");

        JsonNode done = json("convert", ova.toString(), result.toString());

        assertThat(done.get("passedThrough").asLong()).isEqualTo(4 * MIB / SampleDisks.GRAIN);
        JsonNode image = json("image", ova + "!web-disk1.vmdk", "--map", "--digest");
        assertThat(image.get("digest").asString()).isEqualTo(done.get("digest").asString());
        assertThat(image.get("file").asString()).endsWith("web.ova!web-disk1.vmdk");
        assertThat(image.get("map").size()).isGreaterThan(1);
        assertThat(CommandLineRun.of("compare", ova.toString(), result.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void listsDisksWhereThereAreSeveral() throws IOException {
        Path ova = SampleDisks.ova(home.resolve("s"), "web", 2, 8 * MIB, 4 * MIB, 43);
        String result = home.resolve("result.qcow2").toString();

        assertRefused("TAR_MEMBER_AMBIGUOUS", "web-disk1.vmdk, web-disk2.vmdk", "convert", ova.toString(), result);
        assertRefused("TAR_MEMBER_UNKNOWN", "web.ovf", "convert", ova + "!other.vmdk", result);
        assertRefused("TAR_MEMBER_UNKNOWN", "tar -xOf", "convert", pack(vmdk, "gz") + "!x", result);
        String first = digest(ova + "!web-disk1.vmdk");
        assertThat(json("convert", ova.toString(), result, "--member", "web-disk1.vmdk")
                        .get("digest")
                        .asString())
                .isEqualTo(first);
        assertThat(CommandLineRun.of("compare", ova + "!web-disk1.vmdk", ova + "!web-disk2.vmdk")
                        .exitCode())
                .isEqualTo(CompareCommand.DIFFERENT);
    }

    /** In a process of its own, as standard input belongs to the process. */
    @ParameterizedTest
    @CsvSource({"vmdk, ", "vmdk, gz", "vmdk, zst"})
    void standardInputIsADisk(String inner, String packing) throws Exception {
        Path input = packing == null ? home.resolve("disk." + inner) : pack(home.resolve("disk." + inner), packing);
        Path result = home.resolve("result.qcow2");
        Path said = home.resolve("said");

        Process process = ConvertStreamTest.process(List.of("convert", "-", result.toString()))
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        assertThat(digest(result.toString())).isEqualTo(digest);
    }

    /** A raw disk does not say where it ends, so a pipe that broke would pass for a whole one. */
    @Test
    void aRawDiskOnStandardInputIsSpooled() throws Exception {
        Path result = home.resolve("result.qcow2");
        Path spool = Files.createDirectory(home.resolve("spool"));
        for (boolean asked : new boolean[] {false, true}) {
            List<String> arguments = asked
                    ? List.of("convert", "-", result.toString(), "--spool", spool.toString())
                    : List.of("convert", "-", result.toString());
            Path said = home.resolve("said");
            Process process = ConvertStreamTest.process(arguments)
                    .redirectInput(raw.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(process.waitFor()).as(Files.readString(said)).isEqualTo(asked ? 0 : 2);
            assertThat(Files.exists(result)).isEqualTo(asked);
        }
        assertThat(digest(result.toString())).isEqualTo(digest);
        assertThat(spool).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"vmdk, gz", "vmdk, zst", "raw, gz", "raw, zst"})
    void whatIsCutLeavesNothing(String inner, String packing) throws IOException {
        Path packed = pack(inner.equals("vmdk") ? vmdk : raw, packing);
        byte[] bytes = Files.readAllBytes(packed);
        for (int length : new int[] {bytes.length - 1, bytes.length / 2, 40}) {
            Files.write(packed, Arrays.copyOf(bytes, length));
            CommandLineRun run = CommandLineRun.of(
                    "convert", packed.toString(), home.resolve("result.qcow2").toString());
            assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err())
                    .contains("_TRUNCATED]")
                    .contains(packed.getFileName().toString());
            assertThat(run.err()).contains("offset");
        }
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(name -> name.contains("result"));
        }
    }

    /** What is asked of a copy holds for what passes by once, and for streams, as for images. */
    @ParameterizedTest
    @CsvSource({"vmdk, raw.gz", "vmdk, vmdk", "raw, raw.zst", "raw, qcow2"})
    void isLimitedHashedAndNotWaitedForAsAnyOther(String inner, String target) throws Exception {
        Path packed = pack(inner.equals("vmdk") ? vmdk : raw, "gz");
        Path result = home.resolve("result." + target);

        JsonNode done = json("convert", packed.toString(), result.toString(), "--sha256", "--rate", "1G", "--no-sync");

        byte[] whole = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(raw));
        assertThat(done.get("sha256").asString()).isEqualTo(HexFormat.of().formatHex(whole));
        assertThat(done.get("digest").asString()).isEqualTo(digest);
        assertThat(done.get("synced").asBoolean()).isFalse();
    }

    private Path pack(Path file, String packing) throws IOException {
        Path packed = home.resolve(file.getFileName() + "." + packing);
        try (OutputStream bytes = Files.newOutputStream(packed);
                OutputStream out = packing.equals("gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
            Files.copy(file, out);
        }
        return packed;
    }

    private static String digest(String name) {
        return json("image", name, "--digest").get("digest").asString();
    }

    private static void assertRefused(String code, String remedy, String... args) {
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("[" + code + "]").contains(remedy).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    private static JsonNode json(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "-o";
        all[args.length + 1] = "json";
        CommandLineRun run = CommandLineRun.of(all);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }
}
