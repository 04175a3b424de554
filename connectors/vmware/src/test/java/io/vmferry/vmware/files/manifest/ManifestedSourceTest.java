package io.vmferry.vmware.files.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.manifest.Manifest.Promise;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ManifestedSourceTest {
    private static final int MIB = 1 << 20;

    private static byte[] content(int length, long seed) {
        byte[] bytes = new byte[length];
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextBytes(bytes);
        return bytes;
    }

    private static Promise promise(byte[] content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        return new Promise("web.mf", "disk1.vmdk", "SHA-256", HexFormat.of().formatHex(digest));
    }

    private static void read(ManifestedSource source, long offset, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        source.read(offset, buffer);
    }

    @Test
    void passesBytesThrough() throws Exception {
        byte[] content = content(3 * MIB + 17, 1);
        ManifestedSource source = new ManifestedSource(new CountingSource(content)::reopened, promise(content));
        ByteBuffer buffer = ByteBuffer.allocate(content.length + 10);
        buffer.position(3);
        assertThat(source.read(5, buffer)).isEqualTo(content.length - 5);
        byte[] got = new byte[content.length - 5];
        buffer.get(3, got);
        assertThat(got).isEqualTo(java.util.Arrays.copyOfRange(content, 5, content.length));
        assertThat(source.read(content.length, buffer)).isZero();
        source.verify();
        source.abandon();
    }

    @Test
    void readsEachByteOnceWhenReadFrontToBack() throws Exception {
        byte[] content = content(40 * MIB + 123, 2);
        CountingSource counted = new CountingSource(content);
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content));
        for (long at = 0; at < content.length; at += MIB) {
            read(source, at, MIB);
        }
        source.verify();
        source.verify();
        assertThat(source.readAgain()).isZero();
        assertThat(counted.total()).isEqualTo(content.length);
        source.abandon();
    }

    /**
     * As the copy engine reads: many threads, pieces of about 1 MiB in nearly ascending order, and none gets ahead by more
     * than a piece per thread, because the engine places chunks in order.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void readsEachByteOnceWithManyReaders(int threads) throws Exception {
        long seed = 20241124L + threads;
        byte[] content = content(96 * MIB + 777, seed);
        CountingSource counted = new CountingSource(content);
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content));
        List<long[]> pieces = new ArrayList<>();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (long at = 0; at < content.length; ) {
            long length = Math.min(content.length - at, MIB / 2 + random.nextInt(MIB));
            pieces.add(new long[] {at, length});
            at += length;
        }
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier round = new CyclicBarrier(threads);
        int rounds = (pieces.size() + threads - 1) / threads;
        List<Future<?>> readers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            readers.add(pool.submit(() -> {
                for (int r = 0; r < rounds; r++) {
                    int i = next.getAndIncrement();
                    if (i < pieces.size()) {
                        read(source, pieces.get(i)[0], (int) pieces.get(i)[1]);
                    }
                    round.await(1, TimeUnit.MINUTES);
                }
                return null;
            }));
        }
        for (Future<?> reader : readers) {
            reader.get();
        }
        pool.shutdown();
        source.verify();
        assertThat(source.readAgain()).as("seed %d", seed).isZero();
        assertThat(counted.total()).isEqualTo(content.length);
        source.abandon();
    }

    @Test
    void readsSmallGapsAndNothingElseAgain() throws Exception {
        byte[] content = content(64 * MIB, 3);
        CountingSource counted = new CountingSource(content);
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content));
        // The marker and the grain table that an ESXi VMDK has after every 512 grains.
        int gap = 2560;
        int gaps = 0;
        for (long at = 0; at < content.length; at += 4 * MIB) {
            for (long piece = at; piece < at + 4 * MIB; piece += MIB) {
                boolean last = piece == at + 3 * MIB;
                read(source, piece, last ? MIB - gap : MIB);
                gaps += last ? gap : 0;
            }
        }
        source.verify();
        assertThat(source.readAgain()).isEqualTo(gaps);
        source.abandon();
    }

    @Test
    void openingAnImageDoesNotReadTheWholeFile() throws Exception {
        byte[] content = content(64 * MIB, 4);
        CountingSource counted = new CountingSource(content);
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content));
        read(source, 0, 4096);
        read(source, content.length - 1024, 1024);
        long asked = 4096 + 1024;
        for (long at = 2 * MIB; at < content.length; at += 2 * MIB) {
            read(source, at, 2048);
            asked += 2048;
        }
        Thread.sleep(300);
        assertThat(counted.total()).isEqualTo(asked);
        source.close();
        source.abandon();
    }

    @Test
    void tablesReadAtOpeningDoNotHinderTheCopy() throws Exception {
        byte[] content = content(64 * MIB, 5);
        CountingSource counted = new CountingSource(content);
        // Room for 2 MiB only: the tables alone fill it.
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content), 2 * MIB);
        for (long at = MIB; at < content.length; at += MIB) {
            read(source, at, 64 << 10);
        }
        for (long at = 0; at < content.length; at += MIB) {
            read(source, at, MIB);
        }
        source.verify();
        assertThat(source.readAgain()).isLessThan(2 * MIB);
        source.abandon();
    }

    @Test
    void afterAResumeOnlyThePrefixIsReadAgain() throws Exception {
        byte[] content = content(96 * MIB, 6);
        CountingSource counted = new CountingSource(content);
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content));
        read(source, 0, 4096);
        long from = 40 * MIB;
        for (long at = from; at < content.length; at += MIB) {
            read(source, at, MIB);
        }
        source.verify();
        assertThat(source.readAgain()).isEqualTo(from - 4096);
        assertThat(counted.total()).isEqualTo(content.length);
        source.abandon();
    }

    @Test
    void readsEverythingWhenNothingWasAsked() throws Exception {
        byte[] content = content(5 * MIB, 7);
        ManifestedSource source = new ManifestedSource(new CountingSource(content)::reopened, promise(content));
        source.close();
        source.verify();
        assertThat(source.readAgain()).isEqualTo(content.length);
        source.abandon();
    }

    @Test
    void anEmptyFileIsProvenToo() throws Exception {
        byte[] content = new byte[0];
        ManifestedSource source = new ManifestedSource(new CountingSource(content)::reopened, promise(content));
        source.verify();
        source.abandon();
    }

    @Test
    void oneWrongBitIsFound() throws Exception {
        byte[] content = content(8 * MIB, 8);
        Promise promise = promise(content);
        content[5 * MIB] ^= 1;
        ManifestedSource source = new ManifestedSource(new CountingSource(content)::reopened, promise);
        for (long at = 0; at < content.length; at += MIB) {
            read(source, at, MIB);
        }
        for (int times = 0; times < 2; times++) {
            assertThatThrownBy(source::verify).isInstanceOfSatisfying(VmferryException.class, e -> {
                assertThat(e.code()).isEqualTo(FilesError.MANIFEST_MISMATCH);
                assertThat(e.subject()).isEqualTo("disk1.vmdk");
                assertThat(e.reason())
                        .contains(promise.hex())
                        .contains("web.mf")
                        .contains("SHA-256");
            });
        }
        source.abandon();
    }

    @Test
    void readersDoNotHash() throws Exception {
        byte[] content = content(4 * MIB, 9);
        CountingSource counted = new CountingSource(content);
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content));
        long fastest = Long.MAX_VALUE;
        for (long at = 0; at < content.length; at += MIB) {
            long start = System.nanoTime();
            read(source, at, MIB);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        // Hashing 1 MiB takes at least 0.4 ms on any machine of today; copying it takes less than half of that.
        // Generous,
        // so that a busy machine does not fail it.
        assertThat(fastest).isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
        source.verify();
        source.abandon();
    }

    @Test
    void anInterruptedReaderDoesNotWait() throws Exception {
        byte[] content = content(32 * MIB, 10);
        CountingSource counted = new CountingSource(content);
        ManifestedSource source = new ManifestedSource(counted::reopened, promise(content), MIB);
        Thread reader = new Thread(() -> {
            Thread.currentThread().interrupt();
            for (long at = MIB; at < content.length; at += MIB) {
                read(source, at, MIB);
            }
        });
        reader.start();
        reader.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(reader.isAlive()).isFalse();
        source.verify();
        source.abandon();
    }

    @Test
    void randomReadsInAnyOrderStillProveTheFile() throws Exception {
        for (long seed = 100; seed < 108; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            byte[] content = content(1 + random.nextInt(6 * MIB), seed);
            ManifestedSource source = new ManifestedSource(
                    new CountingSource(content)::reopened, promise(content), (256 << 10) + random.nextInt(4 * MIB));
            for (int i = 0; i < 40; i++) {
                read(source, random.nextInt(content.length), 1 + random.nextInt(700_000));
            }
            if (random.nextBoolean()) {
                source.close();
            }
            try {
                source.verify();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            source.abandon();
        }
    }

    @Test
    void nothingRunsAfterItWasAbandoned() throws Exception {
        byte[] content = content(2 * MIB, 11);
        Promise promise = new Promise(
                "web.mf", "only-here.vmdk", "SHA-256", promise(content).hex());
        ManifestedSource source = new ManifestedSource(new CountingSource(content)::reopened, promise);
        read(source, 0, MIB);
        source.abandon();
        for (int i = 0; i < 100 && running("manifest only-here.vmdk"); i++) {
            Thread.sleep(20);
        }
        assertThat(running("manifest only-here.vmdk")).isFalse();
    }

    private static boolean running(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().equals(name));
    }
}
