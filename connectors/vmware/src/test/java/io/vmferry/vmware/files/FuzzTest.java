package io.vmferry.vmware.files;

import static io.vmferry.vmware.files.Fixtures.Part;
import static io.vmferry.vmware.files.Fixtures.manifest;
import static io.vmferry.vmware.files.Fixtures.noise;
import static io.vmferry.vmware.files.Fixtures.ovf;
import static io.vmferry.vmware.files.Fixtures.sample;
import static io.vmferry.vmware.files.Fixtures.tar;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded mutations of good packages: whatever happens to them, only coded errors come out. {@code -Dvmferry.fuzz=N} runs N
 * rounds of each instead of a few hundred.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("vmferry.fuzz", 300);
    private static final List<String> WORDS = List.of(
            "\"",
            "<",
            ">",
            "&",
            "=",
            "-1",
            "0",
            "99999999999999999999",
            "..",
            "/",
            "|",
            "|00",
            "\0",
            "ovf:",
            "byte * 2^80",
            "file1",
            "vmdisk1",
            "SHA256(",
            ")=",
            "é",
            "<!DOCTYPE a>",
            "<![CDATA[",
            "]]>",
            "scsi0:0.",
            "TRUE");

    @TempDir
    Path folder;

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static byte[] mutated(byte[] good, RandomGenerator random) {
        byte[] bytes = good.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> {
                    if (bytes.length > 0) {
                        bytes[at] ^= (byte) (1 << random.nextInt(8));
                    }
                }
                case 2 -> {
                    int end = Math.min(bytes.length, at + random.nextInt(40));
                    for (int i = at; i < end; i++) {
                        bytes[i] = (byte) random.nextInt(256);
                    }
                }
                case 3 -> bytes = replaced(bytes, at, random.nextInt(60), new byte[0]);
                case 4 -> {
                    int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
                    bytes = replaced(bytes, at, 0, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 200)));
                }
                default ->
                    bytes = replaced(
                            bytes,
                            at,
                            random.nextInt(4),
                            WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] instead) {
        int end = Math.min(bytes.length, at + length);
        byte[] result = new byte[bytes.length - (end - at) + instead.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(instead, 0, result, at, instead.length);
        System.arraycopy(bytes, end, result, at + instead.length, bytes.length - end);
        return result;
    }

    /** Everything a session offers, on whatever lies in the folder. */
    private void use(long seed, String path) {
        try (SourceSession session = Fixtures.open(folder, path)) {
            for (VmRef ref : Fixtures.refs(session)) {
                try {
                    Vm vm = session.describe(ref);
                    for (Disk disk : vm.disks()) {
                        try (DiskContent content = session.openDisk(vm, disk, ReadPoint.CURRENT)) {
                            content.version();
                            content.verify();
                        }
                    }
                } catch (VmferryException e) {
                    // Just so.
                }
            }
        } catch (VmferryException e) {
            // Just so.
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ": " + e, e);
        }
    }

    @Test
    void descriptors() throws IOException {
        Part disk = new Part("d.vmdk", noise(50, 1));
        List<String> texts = List.of(
                sample("a", disk),
                ovf("windows-secure-boot.ovf"),
                ovf("legacy-bios.ovf"),
                ovf("virtualbox-2.0.ovf"),
                ovf("ovirt.ovf"));
        Fixtures.write(
                folder, disk, new Part("legacy-disk1.vmdk", noise(9, 1)), new Part("box-disk001.vmdk", noise(9, 1)));
        for (long seed = 1; seed <= ROUNDS; seed++) {
            RandomGenerator random = random(seed);
            byte[] good = texts.get(random.nextInt(texts.size())).getBytes(StandardCharsets.UTF_8);
            Files.write(folder.resolve("a.ovf"), mutated(good, random));
            use(seed, "a.ovf");
        }
    }

    @Test
    void manifests() throws IOException {
        Part disk = new Part("d.vmdk", noise(50, 1));
        Part ovf = Part.of("a.ovf", sample("a", disk));
        Fixtures.write(folder, ovf, disk);
        byte[] good = manifest("a.mf", "SHA-256", ovf, disk).content();
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Files.write(folder.resolve("a.mf"), mutated(good, random(seed)));
            use(seed, "a.ovf");
        }
    }

    @Test
    void configurations() throws IOException {
        Fixtures.write(
                folder,
                Part.of("db.vmdk", VmxText.flatDescriptor("db-flat.vmdk", 8)),
                new Part("db-flat.vmdk", noise(4096, 1)));
        byte[] good = VmxText.db().getBytes(StandardCharsets.UTF_8);
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Files.write(folder.resolve("db.vmx"), mutated(good, random(seed)));
            use(seed, "db.vmx");
        }
    }

    @Test
    void bareDisks() throws IOException {
        byte[] good = VmxText.delta("db-flat.vmdk", 8, "base.vmdk").getBytes(StandardCharsets.UTF_8);
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Files.write(folder.resolve("d.vmdk"), mutated(good, random(seed)));
            use(seed, "d.vmdk");
            use(seed, ".");
        }
    }

    @Test
    void archives() throws IOException {
        Part disk = new Part("d.vmdk", noise(3_000, 1));
        Part longName = new Part("n".repeat(120) + ".iso", noise(20, 2));
        Part ovf = Part.of("a.ovf", sample("a", disk));
        byte[] good = Files.readAllBytes(
                tar(folder.resolve("good"), ovf, manifest("a.mf", "SHA-1", ovf, disk), longName, disk));
        for (long seed = 1; seed <= ROUNDS; seed++) {
            RandomGenerator random = random(seed);
            byte[] bytes = mutated(good, random);
            if (random.nextBoolean()) {
                // Into a header: most of an archive is content, where nothing can go wrong.
                int header = bytes.length < 1024 ? 0 : random.nextInt(bytes.length / 512) * 512;
                for (int i = 0; i < 6 && header + 512 <= bytes.length; i++) {
                    bytes[header + 100 + random.nextInt(60)] = (byte) "01234567 \0".charAt(random.nextInt(10));
                }
            }
            Files.write(folder.resolve("a.ova"), bytes);
            use(seed, "a.ova");
        }
    }
}
