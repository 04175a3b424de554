package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.testing.QemuImg;
import io.vmferry.converter.vmdk.ChainFixture.Delta;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas and chains: our own layouts read by qemu-img, and chains of qemu-img read by us. */
class ChainQemuTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void needsQemuImg() {
        QemuImg.required();
    }

    /** Several tables of either kind: 2 MiB and 16 MiB of disk each. */
    @ParameterizedTest
    @CsvSource({"121, COWD, 9438720", "122, SE_SPARSE, 40894976", "123, COWD, 512", "124, SE_SPARSE, 4608"})
    void qemuReadsOurDeltas(long seed, Delta delta, int size) throws Exception {
        RandomGenerator random = Contents.random(seed);
        ChainFixture chain = new ChainFixture().flat(Contents.mixed(size, 65536, random));
        chain.delta(delta, size, random);
        compare(chain);
    }

    /** COWD's grains begin at one sector. */
    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144})
    void qemuAgreesOnEverySizeOfGrain(int grain) throws Exception {
        RandomGenerator random = Contents.random(500 + grain);
        int size = 10 * grain + (1 << 20) + 512;
        byte[] own = Contents.mixed(size, 2 * grain, random);
        compare(new ChainFixture()
                .flat(Contents.mixed(size, 65536, random))
                .delta(Delta.COWD, grain, own, GrainKind.random(size, grain, random)));
    }

    @ParameterizedTest
    @ValueSource(longs = {131, 132, 133, 134, 135, 136})
    void qemuSeesTheSameInMixedChains(long seed) throws Exception {
        RandomGenerator random = Contents.random(seed);
        int size = 512 * random.nextInt(3000, 9000);
        byte[] base = Contents.mixed(size, 1 << random.nextInt(12, 18), random);
        ChainFixture chain = new ChainFixture();
        switch ((int) (seed % 3)) {
            case 0 -> chain.flat(base);
            case 1 -> chain.stream(base);
            default -> chain.sparse(base);
        }
        for (int i = random.nextInt(2, 6); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                size = 512 * random.nextInt(3000, 9000);
            }
            chain.delta(Delta.values()[random.nextInt(4)], size, random);
        }
        compare(chain);
    }

    /** qemu-img makes the snapshots; qemu-io would write them, but rebase does so with what is installed anyway. */
    @ParameterizedTest
    @CsvSource({
        "141, monolithicSparse, monolithicSparse",
        "142, streamOptimized, monolithicSparse",
        "143, monolithicFlat, monolithicSparse",
        "144, twoGbMaxExtentSparse, twoGbMaxExtentSparse",
        "145, monolithicSparse, streamOptimized",
    })
    void readsChainsOfQemu(long seed, String baseType, String deltaType) throws Exception {
        RandomGenerator random = Contents.random(seed);
        int size = 4 << 20;
        byte[] before = Contents.mixed(size, 65536, random);
        byte[] after = before.clone();
        for (int i = 0; i < 12; i++) {
            byte[] change = new byte[random.nextInt(1, 100_000)];
            random.nextBytes(change);
            System.arraycopy(change, 0, after, random.nextInt(size - change.length), change.length);
        }
        Path rawBefore = Files.write(folder.resolve("before.raw"), before);
        Path rawAfter = Files.write(folder.resolve("after.raw"), after);
        convert(rawBefore, "base.vmdk", "subformat=" + baseType);
        convert(rawAfter, "delta.vmdk", "subformat=" + deltaType + ",backing_file=base.vmdk,backing_fmt=vmdk");
        QemuImg.run(
                "create", "-f", "vmdk", "-b", folder.resolve("delta.vmdk"), "-F", "vmdk", folder.resolve("top.vmdk"));
        for (String name : new String[] {"delta.vmdk", "top.vmdk"}) {
            QemuImg.compare("vmdk", folder.resolve(name), "raw", rawAfter);
            try (DiskImage disk = open(folder.resolve(name))) {
                assertThat(disk.facts().details()).containsKey("snapshot of");
                Contents.assertReads(disk, after);
            }
        }
    }

    /** Far beyond 4 GiB, and grown by the snapshot. */
    @Test
    void readsDeltasOfLargeDisks() throws Exception {
        QemuImg.run("create", "-f", "vmdk", folder.resolve("base.vmdk"), "1T");
        QemuImg.run(
                "create",
                "-f",
                "vmdk",
                "-b",
                folder.resolve("base.vmdk"),
                "-F",
                "vmdk",
                folder.resolve("top.vmdk"),
                "2T");
        try (DiskImage disk = open(folder.resolve("top.vmdk"))) {
            assertThat(disk.virtualSize()).isEqualTo(2L << 40);
            assertThat(disk.facts().notices()).hasSize(1);
            int extents = 0;
            for (long at = 0; at < disk.virtualSize(); extents++) {
                assertThat(disk.extentAt(at).kind().readsAsZero()).isTrue();

                at = disk.extentAt(at).end();
            }
            assertThat(extents).isLessThan(10_000);
        }
    }

    private void convert(Path raw, String name, String options) throws Exception {
        QemuImg.run("convert", "-f", "raw", "-O", "vmdk", "-o", options, raw, folder.resolve(name));
    }

    private void compare(ChainFixture chain) throws Exception {
        for (var file : chain.files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Path top = folder.resolve(chain.top);
        QemuImg.compare("vmdk", top, "raw", Files.write(folder.resolve("disk.raw"), chain.content));
        try (DiskImage disk = open(top)) {
            Contents.assertReads(disk, chain.content);
        }
    }

    private DiskImage open(Path file) {
        return new VmdkFormat().open(FileSource.open(file), new FolderSiblings(folder));
    }
}
