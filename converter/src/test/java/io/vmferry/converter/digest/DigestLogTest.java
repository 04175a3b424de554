package io.vmferry.converter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ContentDigest;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DigestLogTest {
    @Test
    void replaysIntoANewRoot() {
        RandomGenerator random = SampleDisk.random(21);
        for (int round = 0; round < 30; round++) {
            MemoryStore store = new MemoryStore();
            DigestLog log = DigestLog.create(store);
            BlkHash root = new BlkHash();
            append(log, root, random, random.nextInt(20));
            long length = log.flush();
            long blocks = root.blocks();
            BlkHash lost = new BlkHash();
            append(log, lost, random, random.nextInt(20));
            log.flush();

            BlkHash replayed = new BlkHash();
            DigestLog resumed = DigestLog.resume(store, length, blocks, replayed);
            assertThat(replayed.blocks()).isEqualTo(blocks);
            append(resumed, replayed, SampleDisk.random(round), 10);
            append(DigestLog.create(new MemoryStore()), root, SampleDisk.random(round), 10);
            long end = resumed.flush();
            ContentDigest expected = root.finish(root.blocks() * BlkHash.BLOCK);
            assertThat(replayed.finish(replayed.blocks() * BlkHash.BLOCK)).isEqualTo(expected);

            BlkHash again = new BlkHash();
            DigestLog.resume(store, end, replayed.blocks(), again);
            assertThat(again.finish(again.blocks() * BlkHash.BLOCK)).isEqualTo(expected);
        }
    }

    @Test
    void keepsRunsOfZerosShort() {
        MemoryStore store = new MemoryStore();
        DigestLog log = DigestLog.create(store);
        for (int i = 0; i < 1000; i++) {
            log.appendZeros(1 << 20);
        }
        assertThat(log.flush()).isEqualTo(8);
    }

    @Test
    void refusesWhatItDidNotWrite() {
        assertRefused(new MemoryStore(), 8);
        assertRefused(new MemoryStore(new byte[8]), 8);
        assertRefused(new MemoryStore(new byte[7]), 7);
        MemoryStore store = new MemoryStore();
        store.write(0, ByteBuffer.allocate(8).putLong(0, 5));
        assertRefused(store, 8);
        store.write(0, ByteBuffer.allocate(8).putLong(0, Long.MIN_VALUE));
        assertRefused(store, 8);
        store.write(0, ByteBuffer.allocate(8).putLong(0, Long.MAX_VALUE));
        assertRefused(store, 8);
        store.write(0, ByteBuffer.allocate(8).putLong(0, -Long.MAX_VALUE));
        assertRefused(store, 8);
        store.write(0, ByteBuffer.allocate(8).putLong(0, -99));
        assertRefused(store, 8);
    }

    private static void assertRefused(MemoryStore store, long length) {
        assertThatThrownBy(() -> DigestLog.resume(store, length, 100, new BlkHash()))
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isEqualTo(DigestError.DIGEST_LOG_DAMAGED));
    }

    private static void append(DigestLog log, BlkHash root, RandomGenerator random, int times) {
        for (int i = 0; i < times; i++) {
            int count = random.nextInt(0, 3000);
            if (random.nextBoolean()) {
                log.appendZeros(count);
                root.appendZeros(count);
            } else {
                byte[] digests = new byte[(count + 1) * BlkHash.DIGEST];
                random.nextBytes(digests);
                log.append(digests, BlkHash.DIGEST, count);
                root.append(digests, BlkHash.DIGEST, count);
            }
        }
    }
}
