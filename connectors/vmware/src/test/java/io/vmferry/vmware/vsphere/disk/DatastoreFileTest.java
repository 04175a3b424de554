package io.vmferry.vmware.vsphere.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.http.ConnectionError;
import io.vmferry.vmware.vsphere.http.Trust;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ranges of a file over HTTPS, with servers that behave and servers that do not. */
class DatastoreFileTest {
    private static final int MIB = 1 << 20;
    /** Gives up fast enough for a test, and never because the machine is slow. */
    private static final Patience PATIENCE = patience(Duration.ofSeconds(3), Duration.ofSeconds(60));

    private static final Patience SHORT = patience(Duration.ofSeconds(3), Duration.ofMillis(300));

    private static Patience patience(Duration stall, Duration total) {
        return new Patience(stall, Duration.ofSeconds(60), total, Duration.ofMillis(5), Duration.ofMillis(50));
    }

    private final FolderServer server = new FolderServer();
    private final Lanes lanes = new Lanes(4);

    @AfterEach
    void stop() {
        lanes.close();
        server.close();
    }

    @Test
    void readsWhatIsThere() {
        NoiseFile noise = new NoiseFile(9 * MIB + 777, 1);
        server.with("vm/vm-flat.vmdk", noise);

        try (DatastoreFile file = open("vm/vm-flat.vmdk", PATIENCE)) {
            assertThat(file.size()).isEqualTo(noise.size());
            requireSame(file, noise, 0, noise.size(), MIB);
        }
        // Once each, and the first look.
        assertThat(server.served()).isBetween(noise.size(), noise.size() + 4096);
    }

    @Test
    void readsInAnyOrderFromManyThreads() throws Exception {
        NoiseFile noise = new NoiseFile(20 * MIB + 13, 2);
        server.with("a", noise);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (DatastoreFile file = open("a", PATIENCE)) {
            List<Callable<Boolean>> readers = new ArrayList<>();
            for (long seed = 1; seed <= 6; seed++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
                readers.add(() -> {
                    for (int i = 0; i < 60; i++) {
                        int length = 1 + random.nextInt(i % 3 == 0 ? 2 * MIB : 3000);
                        long offset = random.nextLong(noise.size());
                        requireSame(file, noise, offset, Math.min(noise.size(), offset + length), length);
                    }
                    return true;
                });
            }
            for (Future<Boolean> reader : threads.invokeAll(readers)) {
                assertThat(reader.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void endsAtTheEnd() {
        server.with("a", new NoiseFile(10_000, 3)).with("empty", new NoiseFile(0, 0));

        try (DatastoreFile file = open("a", PATIENCE);
                DatastoreFile empty = open("empty", PATIENCE)) {
            assertThat(file.read(9_990, ByteBuffer.allocate(100))).isEqualTo(10);
            assertThat(file.read(10_000, ByteBuffer.allocate(100))).isZero();
            assertThat(empty.size()).isZero();
            assertThat(empty.read(0, ByteBuffer.allocate(1))).isZero();
        }
    }

    @Test
    void aFlakyServerStillGivesEveryByteAndHardlyAnyTwice() {
        for (long seed = 1; seed <= 3; seed++) {
            System.out.println("flaky server, seed " + seed);
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            NoiseFile noise = new NoiseFile(24 * MIB + 5, seed);
            server.with("a", noise);
            long before = server.served();
            server.script((exchange, from, to) -> flaky(random, to - from));
            Patience patience = patience(Duration.ofMillis(1500), Duration.ofMinutes(5));

            try (DatastoreFile file = open("a", patience)) {
                requireSame(file, noise, 0, noise.size(), MIB);
            }

            assertThat(server.served() - before).isLessThan(2 * noise.size());
        }
    }

    /** One request in ten fails or stalls, one connection in five dies in the middle. */
    private static FolderServer.@Nullable Fault flaky(RandomGenerator random, long length) {
        synchronized (random) {
            int dice = random.nextInt(100);
            if (dice < 8) {
                return new FolderServer.Fault.Status(dice < 4 ? 503 : 500);
            }
            if (dice < 10) {
                return new FolderServer.Fault.StallAfter(random.nextLong(length));
            }
            return dice < 30 ? new FolderServer.Fault.DieAfter(random.nextLong(length)) : null;
        }
    }

    @Test
    void whatIsNotAllocatedIsNotAskedFor() {
        NoiseFile noise = new NoiseFile(1L << 40, 4);
        server.with("a", noise);
        AllocationMap map = AllocationMap.of(List.of(
                new AllocationMap.Run(64 << 10, 128 << 10),
                new AllocationMap.Run(5L * MIB, 9L * MIB),
                new AllocationMap.Run((1L << 39) + 512, (1L << 39) + MIB),
                new AllocationMap.Run((1L << 40) - 4096, 1L << 40)));
        long allocated = map.allocated(noise.size());

        try (DatastoreFile file = DatastoreFile.open(web("a", PATIENCE), size -> map, lanes)) {
            long data = 0;
            for (long at = 0; at < file.size(); ) {
                long zeros = file.zerosUntil(at);
                if (zeros > at) {
                    at = zeros;
                    continue;
                }
                long end = Math.min(file.dataUntil(at), at + MIB);
                requireSame(file, noise, at, end, MIB);
                data += end - at;
                at = end;
            }
            assertThat(data).isEqualTo(allocated);
            ByteBuffer hole = ByteBuffer.allocate(100);
            assertThat(file.read(20L * MIB, hole)).isEqualTo(100);
            assertThat(hole.array()).containsOnly(0);
            ByteBuffer across = ByteBuffer.allocate(2 * MIB);
            assertThat(file.read(8L * MIB, across)).isEqualTo(2 * MIB);
            assertThat(across.flip().limit(MIB)).isEqualTo(ByteBuffer.wrap(noise.bytes(8L * MIB, MIB)));
            assertThat(across.limit(2 * MIB).position(MIB).slice()).isEqualTo(ByteBuffer.allocate(MIB));
        }
        // The first look, and what the last checks read again.
        assertThat(server.served()).isLessThan(allocated + 2 * MIB + 8192);
    }

    @Test
    void aFileThatChangesIsNoticed() {
        NoiseFile noise = new NoiseFile(8 * MIB, 5);
        server.with("a", noise);
        try (DatastoreFile file = open("a", PATIENCE)) {
            file.read(0, ByteBuffer.allocate(10_000));
            server.modified("Mon, 02 Nov 2026 10:00:07 GMT");

            VmferryException changed = failure(() -> file.read(4 * MIB, ByteBuffer.allocate(MIB)));
            assertThat(changed.code()).isEqualTo(TransferError.DATASTORE_FILE_CHANGED);
            assertThat(changed.subject()).isEqualTo("[ds] a");
        }
        try (DatastoreFile file = open("a", PATIENCE)) {
            server.with("a", new NoiseFile(8 * MIB + 1, 5));
            assertThat(failure(() -> file.read(4 * MIB, ByteBuffer.allocate(MIB)))
                            .code())
                    .isEqualTo(TransferError.DATASTORE_FILE_CHANGED);
            server.with("a", new NoiseFile(MIB, 5));
            assertThat(failure(() -> file.read(4 * MIB, ByteBuffer.allocate(MIB)))
                            .code())
                    .isEqualTo(TransferError.DATASTORE_FILE_CHANGED);
        }
    }

    @Test
    void answersThatAreNoRangesAreRefused() {
        server.with("a", new NoiseFile(8 * MIB, 6));
        List<FolderServer.Fault> wrong = List.of(
                new FolderServer.Fault.Whole(),
                new FolderServer.Fault.Page(),
                new FolderServer.Fault.Status(302),
                new FolderServer.Fault.Status(204),
                new FolderServer.Fault.Range("bytes 5-9/100"),
                new FolderServer.Fault.Range("bytes */8388608"),
                new FolderServer.Fault.Range("items 1-2/3"));
        for (FolderServer.Fault fault : wrong) {
            try (DatastoreFile file = open("a", PATIENCE)) {
                server.script((exchange, from, to) -> fault);
                assertThat(failure(() -> file.read(4 * MIB, ByteBuffer.allocate(MIB)))
                                .code())
                        .as(fault.toString())
                        .isEqualTo(TransferError.DATASTORE_ANSWER_WRONG);
            } finally {
                server.script((exchange, from, to) -> null);
            }
        }
    }

    @Test
    void whatNeverGoesWellEndsWithTheLastReason() {
        server.with("a", new NoiseFile(8 * MIB, 7));
        try (DatastoreFile file = open("a", SHORT)) {
            server.script((exchange, from, to) -> new FolderServer.Fault.Status(503));
            VmferryException busy = failure(() -> file.read(4 * MIB, ByteBuffer.allocate(MIB)));
            assertThat(busy.code()).isEqualTo(TransferError.DATASTORE_BUSY);
            assertThat(busy.reason()).contains("attempts").contains("HTTP 503");

            server.script((exchange, from, to) -> new FolderServer.Fault.Status(500));
            assertThat(failure(() -> file.read(4 * MIB, ByteBuffer.allocate(MIB)))
                            .code())
                    .isEqualTo(TransferError.DATASTORE_FILE_LOCKED);

            server.script((exchange, from, to) -> new FolderServer.Fault.DieAfter(0));
            assertThat(failure(() -> file.read(4 * MIB, ByteBuffer.allocate(MIB)))
                            .code())
                    .isEqualTo(ConnectionError.VSPHERE_CONNECTION_LOST);
        }
    }

    @Test
    void lockedMissingAndForbiddenFilesSayWhatToDo() {
        server.with("a", new NoiseFile(8 * MIB, 8));
        server.script((exchange, from, to) -> new FolderServer.Fault.Status(500));
        VmferryException locked = failure(() -> open("a", PATIENCE));
        assertThat(locked.code()).isEqualTo(TransferError.DATASTORE_FILE_LOCKED);
        assertThat(locked.remedy()).contains("Switch the VM off");
        assertThat(server.requests()).isEqualTo(5);

        assertThat(failure(() -> open("b", PATIENCE)).code()).isEqualTo(TransferError.DATASTORE_FILE_MISSING);

        server.script((exchange, from, to) -> new FolderServer.Fault.Status(403));
        assertThat(failure(() -> open("a", PATIENCE)).code()).isEqualTo(TransferError.DATASTORE_FORBIDDEN);
    }

    @Test
    void aSessionThatEndsIsReplacedAndTheReadGoesOn() {
        NoiseFile noise = new NoiseFile(12 * MIB, 9);
        server.with("a", noise);
        server.requireCookie("session=1");
        AtomicInteger session = new AtomicInteger(1);
        Access access = new Access() {
            @Override
            public String cookie() {
                return "session=" + session.get();
            }

            @Override
            public boolean refused(String cookie) {
                return session.compareAndSet(1, 2) || session.get() == 2 && cookie.equals("session=1");
            }
        };
        WebFile web =
                new WebFile("[ds] a", server.uri("a"), server.trust().tls().getSocketFactory(), access, PATIENCE);
        try (DatastoreFile file = DatastoreFile.open(web, size -> AllocationMap.ALL, lanes)) {
            requireSame(file, noise, 0, 2 * MIB, MIB);
            server.requireCookie("session=2");
            requireSame(file, noise, 2 * MIB, noise.size(), MIB);
            server.requireCookie("session=3");
            assertThat(failure(() -> file.read(0, ByteBuffer.allocate(MIB))).code())
                    .isEqualTo(TransferError.DATASTORE_FORBIDDEN);
        }
    }

    @Test
    void anotherCertificateIsNoBusyServer() {
        server.with("a", new NoiseFile(MIB, 10));
        WebFile web =
                new WebFile("[ds] a", server.uri("a"), Trust.platform().tls().getSocketFactory(), anyone(), PATIENCE);

        assertThat(failure(() -> DatastoreFile.open(web, size -> AllocationMap.ALL, lanes))
                        .code())
                .isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
    }

    @Test
    void closingEndsReadersThatWait() throws Exception {
        server.with("a", new NoiseFile(64 * MIB, 11));
        DatastoreFile file = open("a", PATIENCE);
        AtomicBoolean stall = new AtomicBoolean();
        server.script((exchange, from, to) -> stall.get() ? new FolderServer.Fault.StallAfter(0) : null);
        file.read(0, ByteBuffer.allocate(MIB));
        stall.set(true);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Future<VmferryException> reader =
                    one.submit(() -> failure(() -> file.read(40 * MIB, ByteBuffer.allocate(4 * MIB))));
            lanes.close();
            file.close();
            assertThat(reader.get(2, java.util.concurrent.TimeUnit.MINUTES)).isNotNull();
        } finally {
            one.shutdownNow();
        }
    }

    private WebFile web(String path, Patience patience) {
        return new WebFile(
                "[ds] " + path, server.uri(path), server.trust().tls().getSocketFactory(), anyone(), patience);
    }

    private DatastoreFile open(String path, Patience patience) {
        return DatastoreFile.open(web(path, patience), size -> AllocationMap.ALL, lanes);
    }

    private static Access anyone() {
        return new Access() {
            @Override
            public String cookie() {
                return "";
            }

            @Override
            public boolean refused(String cookie) {
                return false;
            }
        };
    }

    private static void requireSame(DatastoreFile file, NoiseFile noise, long from, long to, int step) {
        for (long at = from; at < to; at += step) {
            int length = (int) Math.min(step, to - at);
            ByteBuffer read = ByteBuffer.allocate(length);
            assertThat(file.read(at, read)).isEqualTo(length);
            assertThat(read.flip().mismatch(ByteBuffer.wrap(noise.bytes(at, length))))
                    .as("from offset " + at)
                    .isEqualTo(-1);
        }
    }

    private static VmferryException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        return catchThrowableOfType(VmferryException.class, read);
    }
}
