package io.vmferry.converter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.image.ContentDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlkHashTest {
    /** The values nbdcopy's tests hold it to. */
    @Test
    void givesThePublishedDigests() {
        assertThat(digest(new byte[0]))
                .isEqualTo(new ContentDigest(
                        "blkhash-sha256-64k", "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc"));
        assertThat(digest("hello".getBytes(StandardCharsets.UTF_8)).hex())
                .isEqualTo("337355feb53a5309d5aba92796223c2c84ffab930e706c01fef573a2722545e6");
    }

    @Test
    void runsOfZerosAreBlocksOfZeros() {
        byte[] zeros = new byte[BlkHash.BLOCK];
        for (int count : new int[] {1, 2, 2047, 2048, 2049, 5000}) {
            BlkHash one = new BlkHash();
            BlkHash all = new BlkHash();
            BlockHasher hasher = new BlockHasher();
            byte[] digest = new byte[BlkHash.DIGEST];
            hasher.digest(ByteBuffer.wrap(zeros), digest, 0);
            for (int i = 0; i < count; i++) {
                one.append(digest, 0, 1);
            }
            all.appendZeros(count);
            assertThat(all.blocks()).isEqualTo(count);
            long size = (long) count * BlkHash.BLOCK;
            assertThat(all.finish(size)).isEqualTo(one.finish(size));
        }
    }

    @Test
    void tellsZeroBlocks() {
        byte[] block = new byte[BlkHash.BLOCK];
        assertThat(BlockHasher.isZero(ByteBuffer.wrap(block))).isTrue();
        for (int at : new int[] {0, 1, 4095, 65535}) {
            block[at] = 1;
            assertThat(BlockHasher.isZero(ByteBuffer.wrap(block)))
                    .as("byte " + at)
                    .isFalse();
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(BlkHash.BLOCK).put(block).flip();
            assertThat(BlockHasher.isZero(direct)).as("byte " + at).isFalse();
            block[at] = 0;
        }
        block[9] = 1;
        assertThat(BlockHasher.isZero(ByteBuffer.wrap(block, 0, 9)))
                .as("a short block")
                .isTrue();
    }

    @Test
    void theLengthCounts() {
        byte[] content = SampleDisk.content(11, 200_000);
        assertThat(digest(content)).isNotEqualTo(digest(Arrays.copyOf(content, 200_001)));
        assertThat(digest(new byte[65536])).isNotEqualTo(digest(new byte[65535]));
    }

    @Test
    void wantsAllBlocks() {
        BlkHash root = new BlkHash();
        root.appendZeros(2);
        assertThatThrownBy(() -> root.finish(3 * 65536)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void twoTebibytesOfZerosTakeMoments() {
        BlkHash root = new BlkHash();
        root.appendZeros(1 << 12);
        long begin = System.nanoTime();
        root.appendZeros((2L << 40) / BlkHash.BLOCK);
        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(20);
    }

    static ContentDigest digest(byte[] content) {
        BlkHash root = new BlkHash();
        BlockHasher hasher = new BlockHasher();
        byte[] digest = new byte[BlkHash.DIGEST];
        for (int at = 0; at < content.length; at += BlkHash.BLOCK) {
            hasher.digest(ByteBuffer.wrap(content, at, Math.min(BlkHash.BLOCK, content.length - at)), digest, 0);
            root.append(digest, 0, 1);
        }
        return root.finish(content.length);
    }
}
