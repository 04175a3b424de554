package io.vmferry.converter.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Siblings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damages small images at random places. Whatever comes of it is an image or a coded error, soon and in little memory. */
class DamageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 2500;
    private static final long[] INTERESTING = {
        0, 1, 2, 20, 21, 127, 128, 511, 512, 1 << 16, 1 << 31, 0xffffffffL, -1, 1L << 41, 1L << 63
    };

    private final byte[] content = Contents.mixed((640 << 10) + 1536, 64 << 10, Contents.random(61));

    @Test
    @Timeout(120)
    void sparse() {
        SparseFixture fixture = new SparseFixture();
        fixture.grain = 16384;
        fuzz(fixture.build(content), 62, MalformedTest::readAll);
    }

    @Test
    @Timeout(120)
    void streamOptimizedWithTablesInFront() {
        SparseFixture fixture = new SparseFixture();
        fixture.compressed = true;
        byte[] file = fixture.build(content);
        fuzz(file, 63, MalformedTest::readAll);
        fuzz(file, 64, MalformedTest::streamAll);
    }

    @Test
    @Timeout(120)
    void streamOptimizedFromEsxi() {
        byte[] file = StreamFixture.build(content);
        fuzz(file, 65, MalformedTest::readAll);
        fuzz(file, 66, MalformedTest::streamAll);
    }

    @Test
    @Timeout(120)
    void descriptor() {
        byte[] flat = new byte[1 << 20];
        Siblings files = name -> new MemorySource(flat);
        byte[] text = SparseFixture.descriptor(
                        "monolithicFlat", "RW 2000 FLAT \"a-flat.vmdk\" 0", "RW 48 FLAT \"b-flat.vmdk\" 2000")
                .getBytes(StandardCharsets.UTF_8);
        fuzz(text, 67, source -> new VmdkFormat().open(source, files).close());
    }

    private static void fuzz(byte[] file, long seed, Consumer<MemorySource> reader) {
        RandomGenerator random = Contents.random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] broken = damage(file, random);
            MemorySource source = new MemorySource(broken);
            long start = System.nanoTime();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                reader.accept(source);
            } catch (VmferryException e) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).as("seed %d, round %d", seed, round).isLessThan(Duration.ofSeconds(5));
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("allocated bytes, seed %d, round %d", seed, round)
                    .isLessThan(64 << 20);
            assertThat(source.closed)
                    .as("closed, seed %d, round %d", seed, round)
                    .isTrue();
        }
        // Damage in padding and in free room harms nobody, but most of it must have been noticed.
        assertThat(refused).isGreaterThan(ROUNDS / 4);
    }

    private static byte[] damage(byte[] file, RandomGenerator random) {
        byte[] broken = file.clone();
        ByteBuffer bytes = ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            // Headers, descriptor and tables are small parts of the file and the ones worth damaging.
            int end = random.nextInt(3) > 0 ? Math.min(broken.length, 20_000) : broken.length;
            int at = random.nextBoolean() && end > 600 ? random.nextInt(80) : random.nextInt(end - 8);
            switch (random.nextInt(4)) {
                case 0 -> bytes.put(at, (byte) random.nextInt());
                case 1 -> bytes.putInt(at / 4 * 4, (int) INTERESTING[random.nextInt(INTERESTING.length)]);
                case 2 -> bytes.putLong(at / 4 * 4, INTERESTING[random.nextInt(INTERESTING.length)]);
                default -> bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(broken, random.nextInt(broken.length)) : broken;
    }
}
