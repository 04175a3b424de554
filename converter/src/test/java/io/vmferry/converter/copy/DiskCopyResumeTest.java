package io.vmferry.converter.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.filter.LimitedImage;
import io.vmferry.converter.filter.RateLimit;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slices, stops, crashes and faults. */
@Timeout(120)
class DiskCopyResumeTest {
    private static final long MOMENTS_MILLIS = 200;
    /** The bound is the engine's: a busy machine comes late to a thread now and then, but not to all of these. */
    private static final int TRIES = 10;

    private static final int SIZE = 12 * (1 << 20) + 512;
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Killed at random points, with whatever was written since the last checkpoint left behind. */
    @Test
    void aKilledCopyGoesOnAndGivesTheSameBytes() {
        RandomGenerator random = SampleDisk.random(81);
        byte[] content = SampleDisk.content(81, SIZE);
        byte[] vmdk = Disks.streamOptimized(content);
        for (int round = 0; round < 12; round++) {
            String format = round % 4 == 0 ? "raw" : "qcow2";
            BlockEncoding encoding = round % 4 < 2 ? null : round % 4 == 2 ? BlockEncoding.DEFLATE : BlockEncoding.ZSTD;
            byte[] source = round < 6 ? content : vmdk;
            byte[] expected =
                    DiskCopyTest.copied(source, format, encoding, options()).content();
            MemoryStore target = new MemoryStore();
            MemoryStore log = new MemoryStore();
            @Nullable String saved = null;
            int runs = 0;
            CopyResult result = null;
            while (result == null) {
                int killAfter = ++runs > 8 ? Integer.MAX_VALUE : random.nextInt(1, 12);
                try (DiskImage image = Disks.open(source);
                        Attempt attempt = new Attempt(image, target, log, format, encoding, saved)) {
                    int slices = 0;
                    while (slices++ < killAfter && attempt.copy.slice(Duration.ofMillis(2)) == CopyState.MORE) {
                        if (random.nextBoolean()) {
                            saved = attempt.copy.checkpoint().print();
                        }
                    }
                    if (attempt.copy.position() == SIZE && slices <= killAfter) {
                        result = attempt.copy.finish();
                    }
                }
                if (result == null && random.nextBoolean()) {
                    byte[] garbage = new byte[100_000];
                    random.nextBytes(garbage);
                    target.write(target.size(), ByteBuffer.wrap(garbage));
                    log.write(log.size(), ByteBuffer.wrap(garbage));
                }
            }
            assertThat(result.digest()).isEqualTo(BlkSum.of(content));
            assertThat(Arrays.mismatch(target.content(), expected))
                    .as("round " + round)
                    .isEqualTo(-1);
            assertThat(result.counts())
                    .isEqualTo(DiskCopyTest.copy(source, new MemoryStore(), format, encoding, options())
                            .counts());
        }
    }

    /** @param stop one copy that is stopped; gives how long that took, in milliseconds */
    private static void assertStopsWithinMoments(Callable<Long> stop) throws Exception {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && fastest >= MOMENTS_MILLIS; i++) {
            fastest = Math.min(fastest, stop.call());
        }
        assertThat(fastest).as("milliseconds until it stood").isLessThan(MOMENTS_MILLIS);
    }

    @Test
    void stopsWithinMoments() throws Exception {
        assertStopsWithinMoments(DiskCopyResumeTest::stopWhileASlowLinkIsRead);
    }

    private static long stopWhileASlowLinkIsRead() throws InterruptedException {
        byte[] content = SampleDisk.content(82, SIZE);
        // Every read takes three seconds, as from a slow link.
        CountDownLatch reading = new CountDownLatch(1);
        try (DiskImage image = Disks.open(content);
                DiskImage slow = new FaultyImage(image, at -> {}, at -> {
                    reading.countDown();
                    pause(3000);
                });
                Attempt attempt = new Attempt(slow, new MemoryStore(), new MemoryStore(), "raw", null, null)) {
            Thread stopper = new Thread(() -> {
                awaitQuietly(reading);
                attempt.stopAsked = System.nanoTime();
                attempt.copy.requestStop();
            });
            stopper.start();
            assertThat(attempt.copy.slice(LONG)).isEqualTo(CopyState.STOPPED);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - attempt.stopAsked);
            stopper.join();
            CopyCheckpoint checkpoint = attempt.copy.checkpoint();
            assertThat(CopyCheckpoint.parse(checkpoint.print())).isEqualTo(checkpoint);
            assertThat(attempt.copy.slice(LONG)).as("a stop is for good").isEqualTo(CopyState.STOPPED);
            return millis;
        }
    }

    /** At 64 KiB a second the first chunks are paid for after half a minute. */
    @Test
    void stopsWithinMomentsAtALowRate() throws Exception {
        assertStopsWithinMoments(DiskCopyResumeTest::stopAtALowRate);
    }

    private static long stopAtALowRate() throws InterruptedException {
        byte[] noise = new byte[SIZE];
        SampleDisk.random(92).nextBytes(noise);
        CountDownLatch waiting = new CountDownLatch(1);
        RateLimit limit = RateLimit.of(64 << 10, System::nanoTime, nanos -> {
            waiting.countDown();
            pauseNanos(nanos);
        });
        long begun;
        try (DiskImage image = new LimitedImage(Disks.open(noise), limit);
                Attempt attempt = new Attempt(image, new MemoryStore(), new MemoryStore(), "raw", null, null)) {
            Thread stopper = new Thread(() -> {
                awaitQuietly(waiting);
                attempt.stopAsked = System.nanoTime();
                attempt.copy.requestStop();
            });
            stopper.start();
            assertThat(attempt.copy.slice(LONG)).isEqualTo(CopyState.STOPPED);
            stopper.join();
            begun = attempt.stopAsked;
        }
        // The workers included: the copy is closed by now.
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    @Test
    void aHashOfAllBytesDoesNotOutliveItsProcess() {
        byte[] content = SampleDisk.content(91, SIZE);
        MemoryStore target = new MemoryStore();
        MemoryStore log = new MemoryStore();
        CopyOptions options = options().withSha256(true);
        CopyCheckpoint saved;
        try (DiskImage image = Disks.open(content);
                ImageWriter writer = ImageFormats.writable("raw").create(target, SIZE, null, null);
                DiskCopy copy = DiskCopy.start(image, writer, options, null, log)) {
            copy.slice(Duration.ofMillis(1));
            saved = copy.checkpoint();
        }
        try (DiskImage image = Disks.open(content);
                ImageWriter writer = ImageFormats.writable("raw").create(target, SIZE, null, saved.writer());
                DiskCopy copy = DiskCopy.start(image, writer, options, saved, log)) {
            copy.run();
            CopyResult result = copy.finish();
            assertThat(result.sha256()).isNull();
            assertThat(result.digest()).isEqualTo(BlkSum.of(content));
        }
    }

    @Test
    void stopsWhileItCompresses() throws Exception {
        assertStopsWithinMoments(DiskCopyResumeTest::stopWhileItCompresses);
    }

    private static long stopWhileItCompresses() throws InterruptedException {
        byte[] noise = new byte[64 << 20];
        SampleDisk.random(83).nextBytes(noise);
        try (DiskImage image = Disks.open(noise);
                Attempt attempt = new Attempt(
                        image, new MemoryStore(), new MemoryStore(), "qcow2", BlockEncoding.DEFLATE, null)) {
            AtomicLong atStop = new AtomicLong();
            Thread stopper = new Thread(() -> {
                pause(60);
                attempt.stopAsked = System.nanoTime();
                attempt.copy.requestStop();
                atStop.set(attempt.copy.position());
            });
            stopper.start();
            CopyState state = attempt.copy.slice(LONG);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - attempt.stopAsked);
            stopper.join();
            // Nothing is begun any more: what still comes are the five chunks that were under way at most.
            assertThat(attempt.copy.position() - atStop.get()).isLessThanOrEqualTo(5 * (256 << 10));
            assertThat(attempt.copy.checkpoint().position()).isEqualTo(attempt.copy.position());
            assertThat(state).isIn(CopyState.STOPPED, CopyState.COMPLETE);
            return state == CopyState.STOPPED ? millis : Long.MAX_VALUE;
        }
    }

    @Test
    void anInterruptIsAStop() {
        byte[] content = SampleDisk.content(84, SIZE);
        try (DiskImage image = Disks.open(content);
                Attempt attempt = new Attempt(image, new MemoryStore(), new MemoryStore(), "raw", null, null)) {
            Thread.currentThread().interrupt();
            assertThat(attempt.copy.slice(LONG)).isEqualTo(CopyState.STOPPED);
            assertThat(attempt.copy.checkpoint().position()).isLessThanOrEqualTo(SIZE);
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }
    }

    @Test
    void betweenSlicesNothingIsWritten() {
        byte[] content = SampleDisk.content(85, SIZE);
        AtomicInteger writes = new AtomicInteger();
        try (DiskImage image = Disks.open(content);
                Attempt attempt = new Attempt(
                        image,
                        new FaultyStore(new MemoryStore(), writes::incrementAndGet),
                        new MemoryStore(),
                        "qcow2",
                        BlockEncoding.ZSTD,
                        null)) {
            while (attempt.copy.slice(Duration.ofMillis(1)) == CopyState.MORE) {
                int before = writes.get();
                long position = attempt.copy.position();
                pause(5);
                assertThat(writes.get()).isEqualTo(before);
                assertThat(attempt.copy.position()).isEqualTo(position);
            }
        }
    }

    @Test
    void anErrorOfTheSourceEndsTheCopy() {
        byte[] content = SampleDisk.content(86, SIZE);
        VmferryException lost =
                new VmferryException(CommonError.READ_FAILED, "disk", "the cable is out", "Plug it in.");
        for (boolean atExtent : new boolean[] {true, false}) {
            FaultyImage.Fault fault = at -> {
                if (at > SIZE / 2) {
                    throw lost;
                }
            };
            try (DiskImage image = Disks.open(Disks.streamOptimized(content));
                    DiskImage faulty =
                            new FaultyImage(image, atExtent ? fault : at -> {}, atExtent ? at -> {} : fault);
                    Attempt attempt = new Attempt(faulty, new MemoryStore(), new MemoryStore(), "qcow2", null, null)) {
                assertThatThrownBy(() -> attempt.copy.slice(LONG)).isSameAs(lost);
                assertThatThrownBy(() -> attempt.copy.slice(LONG)).isSameAs(lost);
                assertThatThrownBy(attempt.copy::checkpoint).isSameAs(lost);
                assertThatThrownBy(attempt.copy::finish).isSameAs(lost);
            }
        }
    }

    @Test
    void aFullTargetEndsTheCopyAndItGoesOnLater() {
        byte[] content = SampleDisk.content(87, SIZE);
        MemoryStore target = new MemoryStore();
        MemoryStore log = new MemoryStore();
        AtomicInteger room = new AtomicInteger(6);
        ByteStore full = new FaultyStore(target, () -> {
            if (room.getAndDecrement() <= 0) {
                throw new VmferryException(CommonError.DISK_FULL, "disk", "no space is left", "Free some.");
            }
        });
        String saved = "";
        try (DiskImage image = Disks.open(content);
                Attempt attempt = new Attempt(image, full, log, "raw", null, null)) {
            saved = attempt.copy.checkpoint().print();
            assertThatThrownBy(() -> attempt.copy.slice(LONG))
                    .isInstanceOfSatisfying(
                            VmferryException.class, e -> assertThat(e.code()).isEqualTo(CommonError.DISK_FULL));
        }
        try (DiskImage image = Disks.open(content);
                Attempt attempt = new Attempt(image, target, log, "raw", null, saved)) {
            assertThat(attempt.copy.run()).isEqualTo(CopyState.COMPLETE);
            assertThat(attempt.copy.finish().digest()).isEqualTo(BlkSum.of(content));
        }
        assertThat(target.content()).isEqualTo(content);
    }

    @Test
    void aDefectIsToldAsOne() {
        byte[] content = SampleDisk.content(88, SIZE);
        try (DiskImage image = Disks.open(content);
                DiskImage broken = new FaultyImage(image, at -> {}, at -> {
                    throw new IllegalStateException("surprise");
                });
                Attempt attempt = new Attempt(broken, new MemoryStore(), new MemoryStore(), "raw", null, null)) {
            assertThatThrownBy(() -> attempt.copy.slice(LONG)).isInstanceOfSatisfying(VmferryException.class, e -> {
                assertThat(e.code()).isEqualTo(CommonError.INTERNAL);
                assertThat(e).hasMessageContaining("surprise");
            });
        }
    }

    @Test
    void leavesNoThreadsBehind() {
        byte[] content = SampleDisk.content(89, SIZE);
        for (int i = 0; i < 3; i++) {
            try (DiskImage image = Disks.open(content);
                    Attempt attempt = new Attempt(image, new MemoryStore(), new MemoryStore(), "raw", null, null)) {
                attempt.copy.slice(Duration.ofMillis(1));
            }
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(t -> t.getName().startsWith("disk-copy-")))
                .isEmpty();
    }

    @Test
    void refusesACheckpointOfAnotherDisk() {
        byte[] content = SampleDisk.content(90, SIZE);
        for (String saved : new String[] {"", "2|1|1|1|1|1|1|1|x", "1|2|3", "1|a|b|c|d|e|f|g|h"}) {
            assertThatThrownBy(() -> CopyCheckpoint.parse(saved))
                    .isInstanceOfSatisfying(
                            VmferryException.class,
                            e -> assertThat(e.code()).isEqualTo(CopyError.COPY_CHECKPOINT_INVALID));
        }
        for (String saved :
                new String[] {"1|999999999999|0|0|0|0|0|0|0", "1|77|0|0|0|0|0|0|0", "1|-65536|0|0|0|0|0|0|0"}) {
            try (DiskImage image = Disks.open(content);
                    ImageWriter writer = ImageFormats.writable("raw").create(new MemoryStore(), SIZE, null, null)) {
                CopyCheckpoint from = CopyCheckpoint.parse(saved);
                assertThatThrownBy(() -> DiskCopy.start(image, writer, options(), from, new MemoryStore()))
                        .isInstanceOfSatisfying(
                                VmferryException.class,
                                e -> assertThat(e.code()).isEqualTo(CopyError.COPY_CHECKPOINT_INVALID));
            }
        }
    }

    private static CopyOptions options() {
        return CopyOptions.of("test disk").withThreads(3).withChunkSize(256 << 10);
    }

    private static void pause(long millis) {
        pauseNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void pauseNanos(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One process' try at a copy: everything but source, stores and the stored position is new. */
    private static final class Attempt implements AutoCloseable {
        final DiskCopy copy;
        volatile long stopAsked;
        private final ImageWriter writer;

        Attempt(
                DiskImage image,
                ByteStore target,
                ByteStore log,
                String format,
                @Nullable BlockEncoding encoding,
                @Nullable String saved) {
            CopyCheckpoint from = saved == null ? null : CopyCheckpoint.parse(saved);
            writer = ImageFormats.writable(format)
                    .create(target, image.virtualSize(), encoding, from == null ? null : from.writer());
            copy = DiskCopy.start(image, writer, options(), from, log);
        }

        @Override
        public void close() {
            copy.close();
            writer.close();
        }
    }
}
