package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vmferry.spi.testing.LoopDevice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConvertCommandTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private Path vmdk = Path.of("");

    @BeforeEach
    void vmdk() throws IOException {
        vmdk = home.resolve("disk.vmdk");
        SampleDisks.vmdk(vmdk, 64 * MIB, 20 * MIB, 21);
    }

    @Test
    void keepsCompressedBlocksAndDigest() throws IOException {
        Path qcow2 = home.resolve("disk.qcow2");
        Path raw = home.resolve("disk.img");

        JsonNode first = json("convert", vmdk.toString(), qcow2.toString(), "-o", "json");
        JsonNode second = json("convert", qcow2.toString(), raw.toString(), "-o", "json");

        assertThat(first.get("passedThrough").asLong()).isEqualTo(20 * MIB / SampleDisks.GRAIN);
        assertThat(first.get("reencoded").asLong()).isZero();
        assertThat(second.get("digest").asString())
                .isEqualTo(first.get("digest").asString());
        assertThat(Files.size(raw)).isEqualTo(64 * MIB);
        for (Path file : new Path[] {vmdk, qcow2, raw}) {
            assertThat(json("image", file.toString(), "--digest", "-o", "json")
                            .get("digest")
                            .asString())
                    .isEqualTo(first.get("digest").asString());
        }
    }

    @Test
    void saysWhenNothingWasVerified() {
        CommandLineRun run = CommandLineRun.of(
                "convert", "--no-verify", vmdk.toString(), home.resolve("d.raw").toString());
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).contains("NOT VERIFIED");
    }

    @Test
    void saysWhenItDidNotWaitForTheMedium() throws IOException {
        Path waited = home.resolve("waited.qcow2");
        Path not = home.resolve("not.qcow2");
        assertThat(json("convert", vmdk.toString(), waited.toString(), "-o", "json")
                        .get("synced")
                        .asBoolean())
                .isTrue();
        CommandLineRun run = CommandLineRun.of("convert", "--no-sync", vmdk.toString(), not.toString());
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).contains("NOT SYNCED").doesNotContain("NOT VERIFIED");
        assertThat(not).hasSameBinaryContentAs(waited);
    }

    @Test
    void compressesAtTheLevelAskedFor() throws IOException {
        Path raw = home.resolve("disk.raw");
        Files.write(
                raw,
                IntStream.range(0, 300_000)
                        .mapToObj(i -> Integer.toString(i * i, 7))
                        .toList());
        long[] size = new long[2];
        for (int i = 0; i < 2; i++) {
            String level = i == 0 ? "1" : "19";
            Path qcow2 = home.resolve("level" + level + ".qcow2");
            JsonNode done = json(
                    "convert", raw.toString(), qcow2.toString(), "--compress", "zstd", "--level", level, "-o", "json");
            assertThat(done.get("reencoded").asLong()).isPositive();
            size[i] = done.get("bytesWritten").asLong();
        }
        assertThat(size[1]).isLessThan(size[0]);
    }

    @Test
    void refusesALevelThatThereIsNot() {
        String from = vmdk.toString();
        String to = home.resolve("disk.qcow2").toString();
        assertRefused("zlib has levels from 1 to 9", "convert", from, to, "--compress", "zlib", "--level", "10");
        assertRefused("zstd has levels from 1 to 19", "convert", from, to, "--compress", "zstd", "--level", "0");
        assertRefused("not compressed", "convert", from, to, "--compress", "none", "--level", "1");
        assertThat(home).isDirectoryNotContaining(file -> file.toString().contains("qcow2"));
    }

    @Test
    void writesVmdkWithoutCompressingAgain() throws IOException {
        Path qcow2 = home.resolve("disk.qcow2");
        Path back = home.resolve("back.vmdk");
        JsonNode first = json("convert", vmdk.toString(), qcow2.toString(), "-o", "json");
        JsonNode second = json("convert", qcow2.toString(), back.toString(), "-o", "json");

        assertThat(second.get("format").asString()).isEqualTo("vmdk");
        assertThat(second.get("encoding").asString()).isEqualTo("zlib");
        assertThat(second.get("passedThrough").asLong())
                .isEqualTo(first.get("passedThrough").asLong());
        assertThat(second.get("digest").asString())
                .isEqualTo(first.get("digest").asString());
        assertThat(json("image", back.toString(), "-o", "json").get("variant").asString())
                .isEqualTo("streamOptimized");
        assertRefused("zlib and nothing else", "convert", "--compress", "zstd", vmdk.toString(), home + "/x.vmdk");
        assertRefused("no compressed blocks", "convert", "--compress", "zlib", vmdk.toString(), home + "/x.raw");
    }

    @Test
    void hashesAllBytesOnRequest() throws Exception {
        Path raw = home.resolve("disk.raw");
        JsonNode converted = json("convert", "--sha256", "--rate", "2G", vmdk.toString(), raw.toString(), "-o", "json");
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(raw)));
        assertThat(converted.get("sha256").asString()).isEqualTo(expected);
        JsonNode facts = json("image", "--digest", "--sha256", vmdk.toString(), "-o", "json");
        assertThat(facts.get("sha256").asString()).isEqualTo(expected);
        assertThat(facts.get("digest").asString())
                .isEqualTo(converted.get("digest").asString());
        JsonNode alone = json("image", "--sha256", vmdk.toString(), "-o", "json");
        assertThat(alone.get("sha256").asString()).isEqualTo(expected);
        assertThat(alone.get("digest").isNull()).isTrue();
        assertThat(CommandLineRun.of("image", "--sha256", raw.toString()).out()).contains(expected);
        assertRefused("--no-verify", "convert", "--sha256", "--no-verify", vmdk.toString(), home + "/x.raw");
    }

    @Test
    void understandsRates() {
        assertThat(ByteRate.parse("--rate", "50M")).isEqualTo(50 << 20);
        assertThat(ByteRate.parse("--rate", "1.5gib/s")).isEqualTo(3L << 29);
        assertThat(ByteRate.parse("--rate", "4096")).isEqualTo(4096);
        for (String wrong : new String[] {"", "0", "0.1", "-5M", "50X", "M", "1e9", "99999999G"}) {
            assertRefused("bytes a second", "convert", "--rate", wrong, vmdk.toString(), home + "/x.raw");
        }
        assertThat(home.resolve("x.raw")).doesNotExist();
    }

    @Test
    void overwritesNothingByAccident() {
        String none = home.resolve("none").toString();
        assertRefused("not a block device", "convert", "--onto-device", vmdk.toString(), none);
        assertRefused("not a block device", "convert", "--onto-device", "--force", vmdk.toString(), vmdk.toString());
        Path character = Path.of("/dev/null");
        assumeThat(character).as("a character device").exists();
        assertRefused("neither a file nor", "convert", "--force", "-O", "raw", vmdk.toString(), character.toString());
        assertThat(character).exists();
    }

    @Test
    void goesOntoADeviceThatWasNamedForIt() throws Exception {
        byte[] old = new byte[65 << 20];
        Arrays.fill(old, (byte) 0x55);
        Path file = Files.write(home.resolve("device"), old);
        try (LoopDevice loop = LoopDevice.over(file)) {
            String device = loop.path().toString();
            assertRefused("--onto-device", "convert", vmdk.toString(), device, "-O", "raw");
            assertRefused("--onto-device", "convert", "--force", vmdk.toString(), device, "-O", "raw");
            assertRefused("holds the raw disk", "convert", "--onto-device", vmdk.toString(), device, "-O", "qcow2");
            assertRefused("source as well", "convert", "--onto-device", device, device);
            SampleDisks.vmdk(home.resolve("large.vmdk"), 66 * MIB, MIB, 23);
            assertRefused("DEVICE_TOO_SMALL", "convert", "--onto-device", home + "/large.vmdk", device);
            assertThat(Files.readAllBytes(loop.path())).isEqualTo(old);

            JsonNode done = json("convert", "--onto-device", "--sha256", vmdk.toString(), device, "-o", "json");
            byte[] now = Files.readAllBytes(loop.path());
            assertThat(done.get("sha256").asString())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(now, 64 << 20))));
            assertThat(Arrays.mismatch(now, 64 << 20, now.length, old, 64 << 20, old.length))
                    .isNegative();
            assertThat(json("image", device, "-o", "json").get("virtualSize").asLong())
                    .isEqualTo(old.length);

            try (RandomAccessFile broken = new RandomAccessFile(vmdk.toFile(), "rw")) {
                broken.seek(broken.length() / 2);
                broken.write(new byte[1 << 20]);
            }
            assertRefused("is incomplete", "convert", "--onto-device", vmdk.toString(), device);
        }
    }

    @Test
    void neverWritesItsSource() throws IOException {
        byte[] before = Files.readAllBytes(vmdk);
        assertRefused("source as well", "convert", "--force", vmdk.toString(), vmdk.toString());
        Path link = Files.createSymbolicLink(home.resolve("link.vmdk"), vmdk);
        assertRefused("source as well", "convert", "--force", vmdk.toString(), link.toString());
        assertThat(Files.readAllBytes(vmdk)).isEqualTo(before);
    }

    @Test
    void namesAllFormatsWhereNoneFits() {
        String formats = "raw, qcow2, vmdk, raw.gz or raw.zst";
        assertRefused(formats, "convert", vmdk.toString(), home + "/x.foo");
        assertRefused(formats, "convert", "-O", "vhdx", vmdk.toString(), home + "/x");
    }

    @Test
    void mapCoversTheDisk() {
        JsonNode map = json("image", vmdk.toString(), "--map", "-o", "json").get("map");
        long at = 0;
        for (JsonNode run : map) {
            assertThat(run.get("start").asLong()).isEqualTo(at);
            at += run.get("length").asLong();
        }
        assertThat(at).isEqualTo(64 * MIB);
        assertThat(CommandLineRun.of("image", vmdk.toString(), "--map").out())
                .contains("zlib", "hole", "streamOptimized");
    }

    @Test
    void leavesNothingBehindWhenTheSourceIsBroken() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(vmdk.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        CommandLineRun run = CommandLineRun.of(
                "convert", vmdk.toString(), home.resolve("disk.qcow2").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("disk.vmdk").contains("[VMDK_");
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly("disk.vmdk");
        }
    }

    @Test
    void refusesWhatMakesNoSense() throws IOException {
        Path there = home.resolve("there.qcow2");
        Files.writeString(there, "precious");
        assertRefused("it exists already", "convert", vmdk.toString(), there.toString());
        assertThat(there).hasContent("precious");
        assertRefused(
                "does not tell the format",
                "convert",
                vmdk.toString(),
                home.resolve("x").toString());
        assertRefused("vhd", "convert", vmdk.toString(), home.resolve("x").toString(), "-O", "vhd");
        assertRefused(
                "it does not exist",
                "convert",
                home.resolve("no.vmdk").toString(),
                home.resolve("x.raw").toString());
        assertRefused(
                "cannot be created",
                "convert",
                vmdk.toString(),
                home.resolve("no/folder/x.raw").toString());
        assertRefused("folder", "image", home.toString());
    }

    private static void assertRefused(String words, String... args) {
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(words);
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    private static JsonNode json(String... args) {
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }
}
