package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
