package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.testing.DiskImageContract;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Each readable layout against the contract of all images. */
class ImageContractsTest {
    private static DiskImage open(byte[] file) {
        return new VmdkFormat().open(new MemorySource(file), MemorySource.NONE);
    }

    abstract static class OneFile extends DiskImageContract {
        private final byte[] content;
        private final byte[] file;

        OneFile(byte[] content, byte[] file) {
            this.content = content;
            this.file = file;
        }

        @Override
        protected DiskImage open() {
            return ImageContractsTest.open(file);
        }

        @Override
        protected byte[] content() {
            return content;
        }
    }

    private static final byte[] WHOLE = Contents.mixed(5 << 20, 48 << 10, Contents.random(1));
    /** Ends one and a half sectors' worth of KiB into a grain. */
    private static final byte[] UNEVEN = Contents.mixed((3 << 20) + 1536, 64 << 10, Contents.random(2));

    private static SparseFixture fixture() {
        return new SparseFixture();
    }

    @Nested
    class MonolithicSparse extends OneFile {
        MonolithicSparse() {
            super(WHOLE, fixture().build(WHOLE));
        }
    }

    @Nested
    class ZeroedAndShuffledSmallGrains extends OneFile {
        ZeroedAndShuffledSmallGrains() {
            super(UNEVEN, small().build(UNEVEN));
        }

        private static SparseFixture small() {
            SparseFixture fixture = fixture();
            fixture.grain = 4096;
            fixture.tableEntries = 100;
            fixture.zeroedGrains = true;
            fixture.shuffled = true;
            fixture.shortLastGrain = true;
            return fixture;
        }
    }

    @Nested
    class LargeGrainsWithoutDescriptorOrCopy extends OneFile {
        LargeGrainsWithoutDescriptorOrCopy() {
            super(UNEVEN, large().build(UNEVEN));
        }

        private static SparseFixture large() {
            SparseFixture fixture = fixture();
            fixture.grain = 512 << 10;
            fixture.redundant = false;
            fixture.descriptor = "";
            return fixture;
        }
    }

    @Nested
    class StreamOptimizedWithFooter extends OneFile {
        StreamOptimizedWithFooter() {
            super(WHOLE, StreamFixture.build(WHOLE));
        }
    }

    @Nested
    class StreamOptimizedUneven extends OneFile {
        StreamOptimizedUneven() {
            super(UNEVEN, StreamFixture.build(UNEVEN));
        }
    }

    @Nested
    class StreamOptimizedWithTablesInFront extends OneFile {
        StreamOptimizedWithTablesInFront() {
            super(UNEVEN, front().build(UNEVEN));
        }

        private static SparseFixture front() {
            SparseFixture fixture = fixture();
            fixture.compressed = true;
            fixture.shortLastGrain = true;
            fixture.zeroedGrains = true;
            return fixture;
        }
    }

    /** All kinds of parts in one disk: no product mixes them, each of them alone is common. */
    @Nested
    class Joined extends DiskImageContract {
        private final byte[] flat = Contents.mixed(1 << 20, 48 << 10, Contents.random(3));
        private final byte[] content = new byte[(2 << 20) + 512 * 9];

        Joined() {
            System.arraycopy(flat, 512 * 5, content, 0, 512 * 100);
            System.arraycopy(flat, 0, content, (1 << 20) + 512 * 9, 1 << 20);
        }

        @Override
        protected DiskImage open() {
            String text = SparseFixture.descriptor(
                    "vmfs",
                    "RW 100 FLAT \"a flat.vmdk\" 5",
                    "RW " + (2048 - 100 + 9) + " ZERO",
                    "RW 2048 VMFS \"a flat.vmdk\"");
            return new VmdkFormat()
                    .open(
                            new MemorySource(text.getBytes(StandardCharsets.UTF_8)),
                            MemorySource.folder(Map.of("a flat.vmdk", flat)));
        }

        @Override
        protected byte[] content() {
            return content;
        }
    }

    @Nested
    class SplitSparse extends DiskImageContract {
        private final int cut = 40 * 65536;
        private final SparseFixture part = new SparseFixture();

        @Override
        protected DiskImage open() {
            part.descriptor = "";
            String text = SparseFixture.descriptor(
                    "twoGbMaxExtentSparse",
                    "RW " + cut / 512 + " SPARSE \"a-s001.vmdk\"",
                    "RW " + (WHOLE.length - cut) / 512 + " SPARSE \"a-s002.vmdk\"");
            return new VmdkFormat()
                    .open(
                            new MemorySource(text.getBytes(StandardCharsets.UTF_8)),
                            MemorySource.folder(Map.of(
                                    "a-s001.vmdk", part.build(Arrays.copyOf(WHOLE, cut)),
                                    "a-s002.vmdk", StreamFixture.build(Arrays.copyOfRange(WHOLE, cut, WHOLE.length)))));
        }

        @Override
        protected byte[] content() {
            return WHOLE;
        }
    }
}
