package io.vmferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.vmware.files.SampleOvf;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input as users meet it: one clear sentence, a code, an exit code, nothing half-done, the source as it was. */
class BadInputTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home = Path.of("");

    private Path source = Path.of("");

    @BeforeEach
    void folders() {
        source = home.resolve("source");
    }

    @Test
    void truncatedOva() throws IOException {
        Path ova = SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 61);
        try (RandomAccessFile file = new RandomAccessFile(ova.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertRefused("OVA_TRUNCATED");
    }

    @Test
    void digestMismatch() throws IOException {
        Path ova = SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 62);
        patch(ova, text -> text.replaceFirst("(SHA256\\(web01-disk1.vmdk\\)= ).{8}", "$100000000"));
        assertFailedInTheRun("MANIFEST_MISMATCH");
    }

    @Test
    void missingFile() throws IOException {
        Path ova = SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 63);
        patchAll(ova, text -> text.replace("href=\"web01-disk1.vmdk\"", "href=\"web01-disk9.vmdk\""));
        assertRefused("MISSING");
    }

    @Test
    void nameThatLeavesTheFolder() throws IOException {
        Path ova = SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 64);
        patchAll(ova, text -> text.replace("href=\"web01-disk1.vmdk\"", "href=\"../01-disk1.vmdk\""));
        assertRefused("NAME_NOT_CONFINED");
    }

    @Test
    void descriptorWithEntities() throws IOException {
        Path ovf = ovf(xml -> xml.replaceFirst("\\?>", "?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"));
        assertRefused("OVF");
        assertThat(CommandLineRun.of("plan", "-f", migration().toString()).all())
                .doesNotContain("root:");
        assertThat(ovf).exists();
    }

    @Test
    void unknownUnit() throws IOException {
        ovf(xml -> xml.replace("byte * 2^20</rasd:AllocationUnits>", "furlongs</rasd:AllocationUnits>"));
        assertRefused("furlongs");
    }

    @Test
    void capacityThatLiesIsReportedAndTheImageWins() throws IOException {
        ovf(xml -> xml.replace("ovf:capacity=\"64\"", "ovf:capacity=\"65\""));
        CommandLineRun plan = CommandLineRun.of("plan", "-f", migration().toString());
        assertThat(plan.exitCode()).as(plan.all()).isZero();
        assertThat(plan.out()).contains("disk.capacity-mismatch");
    }

    @Test
    void zeroSizeDisk() throws IOException {
        Files.createDirectories(source);
        Files.writeString(source.resolve("empty.vmdk"), """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"
                RW 0 FLAT "empty-flat.vmdk" 0
                """);
        Files.createFile(source.resolve("empty-flat.vmdk"));
        CommandLineRun plan = CommandLineRun.of("plan", "-f", migration().toString());
        assertThat(plan.exitCode()).as(plan.all()).isEqualTo(ExitCode.BLOCKED);
        assertThat(plan.out()).contains("BLOCKED");
    }

    @Test
    void brokenPackageHindersNoOther() throws IOException {
        SampleDisks.ova(source, "good", 1, 64 * MIB, 10 * MIB, 66);
        Files.writeString(source.resolve("bad.ova"), "this is no tar archive");
        Path file = migration();

        CommandLineRun run = CommandLineRun.of("migrate", "-f", file.toString());

        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).contains("source.vm-unreadable").contains("bad.ova");
        assertThat(SampleDisks.disk(home, "good", 0, "qcow2")).exists();
    }

    @Test
    void unknownKeysAreNamedWithLineAndColumn() throws IOException {
        SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 67);
        Path file = SampleDisks.migration(home, "./source", "transfer: {formt: raw}");
        CommandLineRun run = CommandLineRun.of("plan", "-f", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("migration.yaml:").contains("formt").contains("format");
    }

    @Test
    void missingAndUnreadableAndUnwritablePlaces() throws IOException {
        Path file = SampleDisks.migration(home, "./nowhere", "");
        CommandLineRun missing = CommandLineRun.of("plan", "-f", file.toString());
        assertThat(missing.exitCode()).as(missing.all()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(missing.err()).contains("nowhere").contains("[FILE_NOT_FOUND]");

        SampleDisks.ova(source, "web01", 1, 64 * MIB, 10 * MIB, 68);
        Files.writeString(home.resolve("target"), "a file where a folder should be");
        CommandLineRun unwritable =
                CommandLineRun.of("migrate", "-f", migration().toString());
        assertThat(unwritable.exitCode()).as(unwritable.all()).isIn(ExitCode.BAD_INPUT, ExitCode.SOME_FAILED);
        assertThat(unwritable.all()).contains("target").contains("[TARGET_");
        assertThat(home.resolve("target")).hasContent("a file where a folder should be");
    }

    /** A real full disk: a small file system, where this user may mount one. */
    @Test
    void fullDisk() throws Exception {
        Path small = home.resolve("small");
        Files.createDirectories(small);
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
        assumeTrue(mounted, "no right to mount a small file system: run as root on Linux to test a full disk");
        try {
            Path vmdk = home.resolve("disk.vmdk");
            SampleDisks.vmdk(vmdk, 64 * MIB, 20 * MIB, 69);
            CommandLineRun run = CommandLineRun.of(
                    "convert", vmdk.toString(), small.resolve("disk.qcow2").toString());
            assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).contains("[DISK_FULL]").contains("no space is left");
            try (Stream<Path> files = Files.list(small)) {
                assertThat(files).isEmpty();
            }

            SampleDisks.ova(source, "web01", 1, 64 * MIB, 20 * MIB, 70);
            Files.createSymbolicLink(home.resolve("target"), small);
            CommandLineRun migrate =
                    CommandLineRun.of("migrate", "-f", migration().toString());
            // The plan sees it coming: the disk would not fit, so nothing is begun.
            assertThat(migrate.exitCode()).as(migrate.all()).isEqualTo(ExitCode.BLOCKED);
            assertThat(migrate.out()).contains("space");
            assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).doesNotExist();
        } finally {
            assertThat(new ProcessBuilder("umount", small.toString()).start().waitFor())
                    .isZero();
        }
    }

    private Path migration() throws IOException {
        return SampleDisks.migration(home, "./source", "");
    }

    /** A single package that cannot be used: exit 2, and the sentence on standard error. */
    private void assertRefused(String words) throws IOException {
        Path file = migration();
        List<String> before = contents();
        for (String command : new String[] {"plan", "migrate"}) {
            CommandLineRun run = CommandLineRun.of(command, "-f", file.toString());
            assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).contains(words).contains("[").doesNotContain("\tat ");
        }
        assertThat(contents()).isEqualTo(before);
        assertThat(home.resolve("target/default")).doesNotExist();
    }

    private void assertFailedInTheRun(String code) throws IOException {
        Path file = migration();
        List<String> before = contents();
        CommandLineRun run = CommandLineRun.of("migrate", "-f", file.toString());
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).contains("FAILED web01").contains("[" + code + "]");
        assertThat(contents()).isEqualTo(before);
        assertThat(SampleDisks.disk(home, "web01", 0, "qcow2")).doesNotExist();
        assertThat(home.resolve("target/default/web01/virtualmachine.yaml")).doesNotExist();
    }

    private List<String> contents() throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    /** An OVF folder whose descriptor was changed. */
    private Path ovf(UnaryOperator<String> change) throws IOException {
        Files.createDirectories(source);
        Path vmdk = source.resolve("web01-disk1.vmdk");
        SampleDisks.vmdk(vmdk, 64 * MIB, 10 * MIB, 71);
        return writeOvf(vmdk, 64 * MIB, change);
    }

    private Path writeOvf(Path vmdk, long capacity, UnaryOperator<String> change) throws IOException {
        SampleOvf ovf = new SampleOvf(
                "web01",
                List.of(new SampleOvf.SampleDisk("web01-disk1.vmdk", Files.size(vmdk), capacity, capacity)),
                List.of(new SampleOvf.Card("VM Network", "00:50:56:00:00:07")));
        Path file = source.resolve("web01.ovf");
        String changed = change.apply(ovf.text());
        Files.writeString(file, changed);
        return file;
    }

    /** Changes text of the same length inside an archive. */
    private static void patch(Path ova, UnaryOperator<String> change) throws IOException {
        byte[] bytes = Files.readAllBytes(ova);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String changed = change.apply(text);
        assertThat(changed.length()).isEqualTo(text.length());
        assertThat(changed.equals(text)).isFalse();
        Files.write(ova, changed.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same, and the manifest's digest of the descriptor follows, so that only the change itself can be noticed. */
    private static void patchAll(Path ova, UnaryOperator<String> change) throws IOException {
        patch(ova, text -> {
            int start = text.indexOf("<?xml");
            int end = text.indexOf("</Envelope>") + "</Envelope>\n".length();
            String before = text.substring(start, end);
            String after = change.apply(before);
            return text.replace(before, after).replace(sha256(before), sha256(after));
        });
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
