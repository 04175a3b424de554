package io.vmferry.converter.vmdk;

import io.vmferry.converter.vmdk.ChainFixture.Delta;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.testing.DiskImageContract;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;

/** Each kind of delta, alone and on top of others, against the contract of all images. */
class ChainContractsTest {
    /** No multiple of a grain, and more than one table of COWD's 512-byte grains. */
    private static final int SIZE = (3 << 20) + 1536;

    abstract static class OneExtent extends DiskImageContract {
        private final byte[] own = Contents.mixed(SIZE, 48 << 10, Contents.random(101));
        private final int grain;
        private final GrainKind[] kinds;

        OneExtent(int grain) {
            this.grain = grain;
            this.kinds = GrainKind.random(SIZE, grain, Contents.random(102));
        }

        abstract byte[] extent(byte[] own, GrainKind[] kinds);

        abstract String type();

        @Override
        protected DiskImage open() {
            String text = SparseFixture.descriptor(type(), "RW " + SIZE / 512 + " " + type() + " \"delta\"");
            return new VmdkFormat()
                    .open(
                            new MemorySource(text.getBytes(StandardCharsets.UTF_8)),
                            MemorySource.folder(Map.of("delta", extent(own, kinds))));
        }

        @Override
        protected byte[] content() {
            return GrainKind.over(new byte[0], own, kinds, grain);
        }
    }

    @Nested
    class Cowd extends OneExtent {
        Cowd() {
            super(512);
        }

        @Override
        byte[] extent(byte[] own, GrainKind[] kinds) {
            return new CowdFixture().build(own, kinds);
        }

        @Override
        String type() {
            return "vmfsSparse";
        }
    }

    @Nested
    class CowdOfLargeGrainsBackwards extends OneExtent {
        CowdOfLargeGrainsBackwards() {
            super(16384);
        }

        @Override
        byte[] extent(byte[] own, GrainKind[] kinds) {
            CowdFixture fixture = new CowdFixture();
            fixture.grain = 16384;
            fixture.backwards = true;
            return fixture.build(own, kinds);
        }

        @Override
        String type() {
            return "vmfsSparse";
        }
    }

    @Nested
    class SeSparse extends OneExtent {
        SeSparse() {
            super(SeSparseFixture.GRAIN);
        }

        @Override
        byte[] extent(byte[] own, GrainKind[] kinds) {
            return new SeSparseFixture().build(own, kinds);
        }

        @Override
        String type() {
            return "seSparse";
        }
    }

    abstract static class Chain extends DiskImageContract {
        private final ChainFixture chain;

        Chain(ChainFixture chain) {
            this.chain = chain;
        }

        @Override
        protected DiskImage open() {
            return chain.open();
        }

        @Override
        protected byte[] content() {
            return chain.content;
        }
    }

    private static byte[] base(int size) {
        return Contents.mixed(size, 96 << 10, Contents.random(103));
    }

    @Nested
    class MixedDeltasOverAFlatBase extends Chain {
        MixedDeltasOverAFlatBase() {
            super(build(Contents.random(104)));
        }

        private static ChainFixture build(RandomGenerator random) {
            return new ChainFixture()
                    .flat(base(SIZE))
                    .delta(Delta.SE_SPARSE, SIZE, random)
                    .delta(Delta.COWD, SIZE, random)
                    .delta(Delta.MONOLITHIC_SPARSE, SIZE, random)
                    .delta(Delta.SE_SPARSE, SIZE, random);
        }
    }

    @Nested
    class SmallGrainsOverCompressedOnes extends Chain {
        SmallGrainsOverCompressedOnes() {
            super(build(Contents.random(105)));
        }

        private static ChainFixture build(RandomGenerator random) {
            return new ChainFixture()
                    .stream(base(SIZE))
                            .delta(Delta.STREAM_OPTIMIZED, SIZE, random)
                            .delta(Delta.COWD, SIZE, random);
        }
    }

    /** Grown, then cut, then grown again: what the shorter disk did not have stays zero. */
    @Nested
    class DifferingSizes extends Chain {
        DifferingSizes() {
            super(build(Contents.random(106)));
        }

        private static ChainFixture build(RandomGenerator random) {
            return new ChainFixture()
                    .stream(base(SIZE))
                            .delta(Delta.SE_SPARSE, SIZE + (1 << 20), random)
                            .delta(Delta.MONOLITHIC_SPARSE, SIZE - (1 << 20) - 512, random)
                            .delta(Delta.COWD, SIZE + 512, random);
        }
    }
}
