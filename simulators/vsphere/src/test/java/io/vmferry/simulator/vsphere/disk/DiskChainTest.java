package io.vmferry.simulator.vsphere.disk;

import static io.vmferry.simulator.vsphere.disk.SeededContentTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain against an array of bytes that gets the same writes. */
class DiskChainTest {
    private static final int SIZE = (6 << 20) + 512;

    private final DiskChain chain = new DiskChain(new SeededContent(3, SIZE, 0.5), new UUID(1, 2));
    private final byte[] expected = read(chain.view(), 0, SIZE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyLayerKeepsWhatItShowed(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<byte[]> frozen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writeSome(random);
            frozen.add(expected.clone());
            chain.snapshot();
        }
        writeSome(random);
        for (int i = 0; i < 4; i++) {
            assertThat(read(chain.view(i), 0, SIZE))
                    .as("layer %d, seed %d", i, seed)
                    .isEqualTo(frozen.get(i));
        }
        assertThat(Arrays.mismatch(read(chain.view(), 0, SIZE), expected)).isEqualTo(-1);

        ByteSource early = chain.view(2);
        int gone = random.nextInt(2);
        chain.consolidate(gone);
        assertThat(read(chain.view(), 0, SIZE))
                .as("without %d, seed %d", gone, seed)
                .isEqualTo(expected);
        assertThat(Arrays.mismatch(read(early, 0, SIZE), frozen.get(2)))
                .as("a reader that began before, seed %d", seed)
                .isEqualTo(-1);
        if (gone > 0) {
            assertThat(Arrays.mismatch(read(chain.view(gone - 1), 0, SIZE), frozen.get(gone - 1)))
                    .isEqualTo(-1);
        }
        while (chain.layerCount() > 1) {
            chain.consolidate(chain.layerCount() - 2);
        }
        assertThat(Arrays.mismatch(read(chain.view(), 0, SIZE), expected)).isEqualTo(-1);
        assertThat(Arrays.mismatch(read(chain.file(0, DeltaFormat.SE_SPARSE), 0, SIZE), expected))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void changesAreFoundSinceEachMark(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String first = chain.snapshot();
        byte[] before = expected.clone();
        writeSome(random);
        String second = chain.snapshot();
        byte[] between = expected.clone();
        writeSome(random);

        assertDiffersOnlyIn(before, between, first, second, seed);
        assertDiffersOnlyIn(between, expected, second, null, seed);
        assertDiffersOnlyIn(before, expected, first, null, seed);
        chain.resetChangeTracking(new UUID(3, 4));
        assertThat(chain.changedSince(first, null)).isNull();
    }

    private void assertDiffersOnlyIn(byte[] a, byte[] b, String from, @Nullable String to, long seed) {
        BitSet changed = Objects.requireNonNull(chain.changedSince(from, to));
        assertThat(changed.cardinality()).isLessThan(SIZE / DiskChain.CHANGE_BLOCK);
        for (int at = 0; at < SIZE; at++) {
            if (a[at] != b[at]) {
                assertThat(changed.get(at / DiskChain.CHANGE_BLOCK))
                        .as("byte %d, seed %d", at, seed)
                        .isTrue();
            }
        }
    }

    @Test
    void theMapOfALayerHoldsAllItsData() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(9);
        writeSome(random);
        chain.snapshot();
        writeSome(random);
        BitSet allocated = chain.allocatedBlocks(1);
        ByteSource view = chain.view();
        for (int at = 0; at < SIZE; at++) {
            if (expected[at] != 0) {
                assertThat(allocated.get(at / DiskChain.CHANGE_BLOCK))
                        .as("byte %d", at)
                        .isTrue();
            }
        }
        assertThat(allocated.cardinality()).isLessThan(SIZE / DiskChain.CHANGE_BLOCK);
        for (long at = 0; at < SIZE; ) {
            long zeros = view.zerosUntil(at);
            long data = view.dataUntil(at);
            assertThat(Math.max(zeros, data)).as("progress at %d", at).isGreaterThan(at);
            assertThat(Math.min(zeros, data)).as("one kind at %d", at).isEqualTo(at);
            assertThat(read(view, at, (int) (zeros - at))).isEqualTo(new byte[(int) (zeros - at)]);
            at = Math.max(zeros, data);
        }
    }

    private void writeSome(RandomGenerator random) {
        for (int i = 0; i < 12; i++) {
            int offset = random.nextInt(SIZE / 4096) * 4096;
            int length = Math.min((1 + random.nextInt(8)) * 4096, SIZE / 4096 * 4096 - offset);
            switch (random.nextInt(3)) {
                case 0 -> {
                    byte[] bytes = new byte[random.nextInt(20_000)];
                    random.nextBytes(bytes);
                    int at = random.nextInt(SIZE - bytes.length);
                    chain.write(at, ByteBuffer.wrap(bytes));
                    System.arraycopy(bytes, 0, expected, at, bytes.length);
                }
                case 1 -> {
                    chain.writeSeeded(offset, length, i);
                    byte[] grain = new byte[4096];
                    for (int at = offset; at < offset + length; at += 4096) {
                        SeededContent.fill(grain, i, at / 4096);
                        System.arraycopy(grain, 0, expected, at, 4096);
                    }
                }
                default -> {
                    chain.discard(offset, length);
                    Arrays.fill(expected, offset, offset + length, (byte) 0);
                }
            }
        }
    }
}
