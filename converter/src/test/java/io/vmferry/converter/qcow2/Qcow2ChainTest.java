package io.vmferry.converter.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.testing.DiskImageContract;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Images over images, in memory. */
class Qcow2ChainTest {
    private static final int CLUSTER = 65536;
    private static final int SIZE = 5 * (1 << 20) + 1536;

    /** Files that the images name, and how many of them are open. */
    static final class Folder implements Siblings {
        final Map<String, byte[]> files = new HashMap<>();
        final AtomicInteger open = new AtomicInteger();

        @Override
        public ByteSource open(String name) {
            byte[] file = files.get(name);
            if (file == null || name.startsWith("/")) {
                ErrorCode code = file == null ? CommonError.FILE_NOT_FOUND : CommonError.NAME_NOT_CONFINED;
                throw new VmferryException(code, name, "no", "None.");
            }
            open.incrementAndGet();
            MemoryStore store = new MemoryStore(file);
            return new Counted(new SourceRange(store, name, 0, file.length), open);
        }

        DiskImage image(String name) {
            BackingOpener raw = (format, container, siblings) -> {
                assertThat(format).isEqualTo("raw");
                return new io.vmferry.converter.raw.RawFormat().open(container, siblings);
            };
            return new Qcow2Format(Codecs.best(), raw).open(open(name), this);
        }
    }

    record Counted(ByteSource source, AtomicInteger open) implements ByteSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return source.read(offset, target);
        }

        @Override
        public void close() {
            open.decrementAndGet();
            source.close();
        }
    }

    /** Three layers with clusters of 64 KiB, 4 KiB and subclusters of 2 KiB over a shorter raw disk. */
    @Nested
    class Layered extends DiskImageContract {
        private final byte[] content = new byte[SIZE];
        private final Folder folder = new Folder();

        Layered() {
            RandomGenerator random = SampleDisk.random(71);
            byte[] raw = SampleDisk.content(71, SIZE - 700_000);
            System.arraycopy(raw, 0, content, 0, raw.length);
            folder.files.put("base.raw", raw);
            Qcow2Fixture one = new Qcow2Fixture();
            one.backing = "base.raw";
            one.format = "raw";
            folder.files.put("one.qcow2", layer(one, content, CLUSTER, random));
            Qcow2Fixture two = new Qcow2Fixture();
            two.backing = "file:one.qcow2";
            two.clusterBits = 12;
            folder.files.put("two.qcow2", layer(two, content, 4096, random));
            Qcow2Fixture three = new Qcow2Fixture();
            three.backing = "two.qcow2";
            three.extended = true;
            folder.files.put("three.qcow2", layer(three, content, 2048, random));
        }

        @Override
        protected DiskImage open() {
            return folder.image("three.qcow2");
        }

        @Override
        protected byte[] content() {
            return content;
        }

        @Test
        void closesEverything() {
            DiskImage image = open();
            assertThat(folder.open).hasValue(4);
            image.close();
            assertThat(folder.open).hasValue(0);
        }

        @Test
        void saysWhatLiesBeneath() {
            try (DiskImage image = open()) {
                assertThat(image.facts().details())
                        .containsEntry("backing file", "two.qcow2 (qcow2) over one.qcow2 (qcow2) over base.raw (raw)");
            }
        }

        /** A compressed block beneath is handed on where all of it is seen. */
        @Test
        void passesCompressedBlocksOn() {
            try (DiskImage image = open()) {
                int encoded = 0;
                for (long at = 0; at < SIZE; at = image.extentAt(at).end()) {
                    encoded += image.extentAt(at).kind() == ExtentKind.ENCODED ? 1 : 0;
                }
                assertThat(encoded).isPositive();
            }
        }
    }

    /** Alone, subclusters of every kind. */
    @Nested
    class Subclusters extends DiskImageContract {
        private final byte[] content = new byte[SIZE];
        private final byte[] file;

        Subclusters() {
            Qcow2Fixture fixture = new Qcow2Fixture();
            fixture.extended = true;
            file = layer(fixture, content, 2048, SampleDisk.random(72));
        }

        @Override
        protected DiskImage open() {
            return Qcow2ImageTest.openBytes(file);
        }

        @Override
        protected byte[] content() {
            return content;
        }
    }

    /** Lays random changes over the content, and applies them to it. */
    private static byte[] layer(Qcow2Fixture fixture, byte[] content, int unit, RandomGenerator random) {
        int units = (content.length + unit - 1) / unit;
        ExtentKind[] kinds = new ExtentKind[units + 64];
        for (int i = 0; i < kinds.length; ) {
            int run = random.nextInt(1, 60);
            ExtentKind kind = ExtentKind.values()[random.nextInt(4)];
            for (; run > 0 && i < kinds.length; run--) {
                kinds[i++] = random.nextInt(8) == 0 ? ExtentKind.HOLE : kind;
            }
        }
        int together = fixture.extended ? 32 : 1;
        for (int i = 0; i < units; i++) {
            boolean whole = kinds[i / together * together] == ExtentKind.ENCODED;
            if (!whole && kinds[i] == ExtentKind.ENCODED) {
                kinds[i] = ExtentKind.DATA;
            }
            int end = Math.min(content.length, (i + 1) * unit);
            if (whole || kinds[i] == ExtentKind.DATA) {
                for (int at = i * unit; at < end; at++) {
                    content[at] = (byte) "layer".charAt(random.nextInt(5));
                }
            } else if (kinds[i] == ExtentKind.ZERO) {
                Arrays.fill(content, i * unit, end, (byte) 0);
            }
        }
        IntFunction<ExtentKind> nature = i -> kinds[i];
        return fixture.build(content, nature);
    }

    @Test
    void sizesMayDiffer() {
        byte[] base = SampleDisk.content(73, 10 * CLUSTER);
        Arrays.fill(base, (byte) 'b');
        for (int size : new int[] {7 * CLUSTER, 10 * CLUSTER, 13 * CLUSTER - 512, 512}) {
            Folder folder = new Folder();
            folder.files.put("base.raw", base);
            Qcow2Fixture fixture = new Qcow2Fixture();
            fixture.backing = "base.raw";
            fixture.format = "raw";
            byte[] above = new byte[size];
            folder.files.put("top.qcow2", fixture.build(above, i -> ExtentKind.HOLE));
            try (DiskImage image = folder.image("top.qcow2")) {
                assertThat(image.virtualSize()).isEqualTo(size);
                assertThat(Disks.read(image))
                        .isEqualTo(Arrays.copyOf(Arrays.copyOf(base, Math.min(size, base.length)), size));
            }
            assertThat(folder.open).hasValue(0);
        }
    }

    @Test
    void aBlockThatIsSeenInPartIsNotHandedOn() {
        byte[] text = new byte[2 * CLUSTER];
        Arrays.fill(text, (byte) 't');
        Folder folder = new Folder();
        folder.files.put("base.qcow2", new Qcow2Fixture().build(text, i -> ExtentKind.ENCODED));
        Qcow2Fixture fixture = new Qcow2Fixture();
        fixture.backing = "base.qcow2";
        fixture.clusterBits = 12;
        folder.files.put("top.qcow2", fixture.build(text, i -> i == 5 ? ExtentKind.ZERO : ExtentKind.HOLE));
        try (DiskImage image = folder.image("top.qcow2")) {
            assertThat(image.extentAt(0)).isEqualTo(Extent.data(0, 5 * 4096));
            assertThat(image.extentAt(5 * 4096)).isEqualTo(Extent.zero(5 * 4096, 4096));
            assertThat(image.extentAt(6 * 4096)).isEqualTo(Extent.data(6 * 4096, 10 * 4096));
            assertThat(image.extentAt(CLUSTER + 7).kind()).isEqualTo(ExtentKind.ENCODED);
        }
    }

    @Test
    void namesAreRelativeToTheFileThatHasThem() {
        byte[] text = new byte[CLUSTER];
        Arrays.fill(text, (byte) 't');
        Folder folder = new Folder();
        folder.files.put("sub/base.raw", text);
        folder.files.put("sub/mid.qcow2", over("base.raw", "raw"));
        folder.files.put("top.qcow2", over("sub/mid.qcow2", "qcow2"));
        try (DiskImage image = folder.image("top.qcow2")) {
            assertThat(Disks.read(image)).isEqualTo(text);
        }
    }

    @Test
    void anyReadableFormatMayLieBeneath() {
        byte[] content = SampleDisk.content(74, SIZE);
        Folder folder = new Folder();
        folder.files.put("base.vmdk", Disks.streamOptimized(content));
        Qcow2Fixture fixture = new Qcow2Fixture();
        fixture.backing = "base.vmdk";
        fixture.format = "vmdk";
        folder.files.put("top.qcow2", fixture.build(new byte[SIZE], i -> i == 3 ? ExtentKind.ZERO : ExtentKind.HOLE));
        Arrays.fill(content, 3 * CLUSTER, 4 * CLUSTER, (byte) 0);
        try (DiskImage image = ImageFormats.open(folder.open("top.qcow2"), folder)) {
            assertThat(Arrays.equals(Disks.read(image), content)).isTrue();
            assertThat(ImageDigest.of(image, 2)).isEqualTo(BlkSum.of(content));
        }
        assertThat(folder.open).hasValue(0);
    }

    /** A guest that writes a qcow2 header to the start of its raw disk must not make anybody follow it. */
    @Test
    void rawIsNeverProbed() {
        Folder folder = new Folder();
        byte[] evil = over("/etc/shadow", "raw");
        folder.files.put("base", evil);
        folder.files.put("top.qcow2", over("base", "raw"));
        try (DiskImage image = folder.image("top.qcow2")) {
            assertThat(Disks.read(image)).isEqualTo(Arrays.copyOf(evil, CLUSTER));
        }
        assertRefused(folder, over("base", null), Qcow2Error.QCOW2_BACKING_INVALID, "does not state the format");
    }

    @Test
    void refusesChainsThatLeadNowhere() {
        Folder folder = new Folder();
        folder.files.put("/etc/shadow", new byte[512]);
        folder.files.put("self.qcow2", over("self.qcow2", "qcow2"));
        folder.files.put("a.qcow2", over("b.qcow2", "qcow2"));
        folder.files.put("b.qcow2", over("a.qcow2", "qcow2"));
        folder.files.put("notqcow2", new byte[4096]);
        for (int i = 0; i < 40; i++) {
            folder.files.put("deep" + i, over("deep" + (i + 1), "qcow2"));
        }
        assertRefused(folder, over("self.qcow2", "qcow2"), Qcow2Error.QCOW2_BACKING_INVALID, "its own backing file");
        assertRefused(folder, over("a.qcow2", "qcow2"), Qcow2Error.QCOW2_BACKING_INVALID, "its own backing file");
        assertRefused(folder, over("deep0", "qcow2"), Qcow2Error.QCOW2_BACKING_INVALID, "longer than 32");
        assertRefused(folder, over("gone", "qcow2"), CommonError.FILE_NOT_FOUND, "backing file gone");
        assertRefused(folder, over("/etc/shadow", "raw"), CommonError.NAME_NOT_CONFINED, "/etc/shadow");
        assertRefused(folder, over("notqcow2", "qcow2"), Qcow2Error.QCOW2_HEADER_INVALID, "notqcow2");
        assertRefused(folder, over("a.qcow2", "vpc"), Qcow2Error.QCOW2_BACKING_INVALID, "\"vpc\"");
        assertRefused(folder, over("nbd:localhost:10809", "raw"), Qcow2Error.QCOW2_BACKING_INVALID, "connect");
        assertRefused(folder, over("json:{\"driver\":1}", "raw"), Qcow2Error.QCOW2_BACKING_INVALID, "connect");
        assertRefused(folder, over("https://host/x", "raw"), Qcow2Error.QCOW2_BACKING_INVALID, "connect");
        assertRefused(folder, over("a\u001b[2J", "raw"), Qcow2Error.QCOW2_HEADER_INVALID, "control characters");
    }

    private static byte[] over(String backing, @org.jspecify.annotations.Nullable String format) {
        Qcow2Fixture fixture = new Qcow2Fixture();
        fixture.backing = backing;
        fixture.format = format;
        return fixture.build(new byte[CLUSTER], i -> ExtentKind.HOLE);
    }

    private static void assertRefused(Folder folder, byte[] top, ErrorCode code, String words) {
        folder.files.put("top.qcow2", top);
        assertThatThrownBy(() -> folder.image("top.qcow2").close())
                .isInstanceOfSatisfying(VmferryException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e).hasMessageContaining(words);
                    assertThat(e.remedy()).isNotBlank();
                });
        assertThat(folder.open).as("files left open").hasValue(0);
    }
}
