package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.vmferry.converter.vmdk.StreamOptimizedWriter;
import io.vmferry.spi.file.FileStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code convert} to what is written front to back. */
@Timeout(300)
class ConvertStreamTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private Path vmdk = Path.of("");

    @BeforeEach
    void vmdk() throws IOException {
        vmdk = home.resolve("disk.vmdk");
        SampleDisks.vmdk(vmdk, 24 * MIB, 12 * MIB, 31);
    }

    @ParameterizedTest
    @CsvSource({"disk.raw.gz", "disk.IMG.GZ", "disk.raw.zst", "disk.img.zst"})
    void theNameTellsTheEncoding(String name) throws IOException {
        Path packed = home.resolve(name);
        Path raw = home.resolve("disk.raw");

        JsonNode stream = json("convert", vmdk.toString(), packed.toString(), "-o", "json");
        JsonNode plain = json("convert", vmdk.toString(), raw.toString(), "-o", "json");

        assertThat(unpacked(packed)).isEqualTo(Files.readAllBytes(raw));
        assertThat(stream.get("digest")).isEqualTo(plain.get("digest"));
        assertThat(stream.get("bytesWritten").asLong()).isEqualTo(Files.size(packed));
        boolean gzip = name.toLowerCase(java.util.Locale.ROOT).endsWith("gz");
        assertThat(stream.get("format").asString()).isEqualTo(gzip ? "raw.gz" : "raw.zst");
        long grains = 12 * MIB / SampleDisks.GRAIN;
        assertThat(stream.get(gzip ? "passedThrough" : "reencoded").asLong()).isEqualTo(grains);
    }

    @Test
    void saysWhatWithoutVerificationIsStillDone() {
        String gz = home.resolve("disk.raw.gz").toString();
        assertThat(CommandLineRun.of("convert", "--no-verify", vmdk.toString(), gz)
                        .out())
                .contains("NOT VERIFIED")
                .contains("CRC-32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw.gz", "raw.zst"})
    void levelsAreForWhatIsCompressedHere(String format) throws IOException {
        // Many short matches, of which a higher level finds more.
        Path raw = home.resolve("text.raw");
        Random random = new Random(32);
        System.out.println("seed 32");
        byte[] text = new byte[(int) MIB];
        for (int i = 0; i < text.length; i++) {
            text[i] =
                    (byte) (i > 1000 && random.nextInt(20) > 0 ? text[i - 1 - random.nextInt(40)] : random.nextInt(99));
        }
        Files.write(raw, text);
        long[] sizes = new long[2];
        for (int i = 0; i < 2; i++) {
            Path packed = home.resolve(i + "." + format);
            json("convert", raw.toString(), packed.toString(), "--level", i == 0 ? "1" : "9", "-o", "json");
            assertThat(unpacked(packed)).isEqualTo(text);
            sizes[i] = Files.size(packed);
        }
        assertThat(sizes[1]).isLessThan(sizes[0]);
    }

    /** In a process of its own: the disk on standard output, everything else on standard error. */
    @ParameterizedTest
    @ValueSource(strings = {"raw", "raw.gz", "raw.zst"})
    void standardOutputIsTheDiskAndNothingElse(String format) throws Exception {
        Path raw = home.resolve("disk.raw");
        json("convert", vmdk.toString(), raw.toString(), "-o", "json");
        Path body = home.resolve("body." + format);
        Path said = home.resolve("said");

        Process process = process(List.of("convert", vmdk.toString(), "-", "-O", format))
                .redirectOutput(body.toFile())
                .redirectError(said.toFile())
                .start();

        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        assertThat(unpacked(body)).isEqualTo(Files.readAllBytes(raw));
        assertThat(Files.readString(said)).contains("digest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw.gz", "raw.zst"})
    void leavesNothingBehindWhenTheSourceIsBroken(String format) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(vmdk.toFile(), "rw")) {
            // Into the payload of a grain: 12 bytes of marker, and then some.
            file.seek(file.length() / 2);
            file.write(new byte[4096]);
        }
        Path target = home.resolve("disk." + format);
        CommandLineRun run = CommandLineRun.of("convert", vmdk.toString(), target.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly("disk.vmdk");
        }
    }

    /** 2 TiB with two grains of data: what has no content costs no time, whatever it costs in bytes of the encoding. */
    @Test
    void aNearlyEmptyDiskTakesMoments() throws IOException {
        long size = 2L << 40;
        Path empty = home.resolve("empty.vmdk");
        try (FileStore store = FileStore.open(empty);
                StreamOptimizedWriter writer = StreamOptimizedWriter.create(store, size - 65536)) {
            byte[] grain = new byte[SampleDisks.GRAIN];
            Arrays.fill(grain, (byte) 'x');
            writer.grain(1 << 20, ByteBuffer.wrap(grain));
            writer.grain(4_000_000_000L / 128 * 128, ByteBuffer.wrap(grain));
            writer.finish();
        }
        Path packed = home.resolve("empty.raw.zst");
        JsonNode done = json("convert", empty.toString(), packed.toString(), "-o", "json");
        assertThat(done.get("virtualSize").asLong()).isEqualTo(size - 65536);
        assertThat(Files.size(packed)).isLessThan(80 * MIB);
    }

    @Test
    void refusesWhatMakesNoSense() {
        String gz = home.resolve("x.raw.gz").toString();
        assertRefused("forwards and backwards", "convert", vmdk.toString(), "-", "-O", "qcow2");
        assertRefused("does not tell the format", "convert", vmdk.toString(), "-");
        assertRefused("says how it is compressed", "convert", vmdk.toString(), gz, "--compress", "zstd");
        assertRefused("levels from 1 to 9", "convert", vmdk.toString(), gz, "--level", "10");
        String raw = home.resolve("x.raw").toString();
        assertRefused("no compressed blocks", "convert", vmdk.toString(), raw, "--compress", "zstd");
    }

    static ProcessBuilder process(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.vmferry.cli.Main"));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            String name = file.toString().toLowerCase(java.util.Locale.ROOT);
            InputStream content = bytes;
            if (name.endsWith(".gz")) {
                content = new GZIPInputStream(bytes, 1 << 16);
            } else if (name.endsWith(".zst")) {
                content = new ZstdInputStream(bytes);
            }
            return content.readAllBytes();
        }
    }

    private static void assertRefused(String words, String... args) {
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(words).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    private static JsonNode json(String... args) {
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }
}
