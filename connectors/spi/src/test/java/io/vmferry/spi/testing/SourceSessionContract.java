package io.vmferry.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Described;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceConnector;
import io.vmferry.spi.source.SourceSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every source must do, whatever it is. A source's test extends it and provides a source with a few VMs. */
public abstract class SourceSessionContract {
    private static final int THREADS = 8;

    /** The connector under test. */
    protected abstract SourceConnector connector();

    /** A source with at least two VMs that have at least three disks together. Asked for once a test. */
    protected abstract SourceConfig config();

    /** Names of all VMs of the source, in any order; names may repeat. */
    protected abstract List<String> vmNames();

    /** Anything that changes when somebody writes to the source: listing with lengths and digests, a request log. */
    protected abstract Object traceOfWrites();

    private SourceSession session() {
        return connector().open(config());
    }

    private static List<VmRef> refs(SourceSession session) {
        try (Stream<VmRef> stream = session.list()) {
            return stream.toList();
        }
    }

    @Test
    void theConnectorHasATypeAndCanReadCold() {
        assertThat(connector().type()).matches("[a-z]+");
        assertThat(connector().capabilities()).contains(io.vmferry.spi.source.Capability.COLD);
        assertThat(connector().type()).isEqualTo(config().type());
    }

    @Test
    void aSessionSaysWhatItTalksTo() {
        try (SourceSession session = session()) {
            assertThat(session.info().product()).isNotBlank();
            assertThat(session.info().trust()).isNotBlank();
        }
    }

    @Test
    void theListIsCompleteAndTheSameEachTime() {
        try (SourceSession session = session()) {
            List<VmRef> first = refs(session);
            assertThat(first).extracting(VmRef::name).containsExactlyInAnyOrderElementsOf(vmNames());
            assertThat(first).extracting(VmRef::source).containsOnly(config().name());
            assertThat(first).extracting(VmRef::key).doesNotHaveDuplicates();
            assertThat(refs(session)).isEqualTo(first);
            try (SourceSession other = session()) {
                assertThat(refs(other)).isEqualTo(first);
            }
        }
    }

    @Test
    void aListNeedNotBeReadToItsEnd() {
        try (SourceSession session = session();
                Stream<VmRef> stream = session.list()) {
            assertThat(stream.limit(1)).hasSize(1);
        }
    }

    @Test
    void aDescriptionBelongsToItsReferenceAndRepeats() {
        try (SourceSession session = session()) {
            for (VmRef ref : refs(session)) {
                Vm vm = session.describe(ref);
                assertThat(vm.ref()).isEqualTo(ref);
                assertThat(vm.cpu().vcpus()).isPositive();
                assertThat(vm.memoryBytes()).isPositive();
                assertThat(vm.disks()).extracting(Disk::key).doesNotHaveDuplicates();
                assertThat(session.describe(ref)).isEqualTo(vm);
            }
        }
    }

    @Test
    void manyVmsAreDescribedTogetherAsOneByOne() {
        try (SourceSession session = session()) {
            List<VmRef> asked = new ArrayList<>(refs(session));
            asked.add(1, new VmRef(config().name(), "no-such-key", "nobody"));
            List<Described> described;
            try (Stream<Described> stream = session.describeAll(asked)) {
                described = stream.toList();
            }
            assertThat(described).extracting(Described::ref).isEqualTo(asked);
            for (Described one : described) {
                if (one instanceof Described.Full full) {
                    assertThat(full.vm()).isEqualTo(session.describe(one.ref()));
                } else if (one instanceof Described.Failed failed) {
                    assertThat(failed.ref().name()).isEqualTo("nobody");
                    assertComplete(failed.reason());
                }
            }
            assertThat(described).filteredOn(Described.Failed.class::isInstance).hasSize(1);
        }
    }

    @Test
    void everyDiskOpensAndReportsItsVersion() {
        openEveryDisk();
    }

    private void openEveryDisk() {
        int disks = 0;
        try (SourceSession session = session()) {
            for (VmRef ref : refs(session)) {
                Vm vm = session.describe(ref);
                for (Disk disk : vm.disks()) {
                    disks++;
                    String version;
                    try (DiskContent content = session.openDisk(vm, disk, ReadPoint.CURRENT)) {
                        version = content.version();
                        assertThat(version).isNotBlank();
                        assertThat(readAll(content)).isNotNegative();
                        content.verify();
                        content.verify();
                    }
                    try (DiskContent again = session.openDisk(vm, disk, ReadPoint.CURRENT)) {
                        assertThat(again.version()).isEqualTo(version);
                        // Nothing was read yet; whatever was promised is proven all the same.
                        again.verify();
                    }
                }
            }
        }
        assertThat(disks).isGreaterThanOrEqualTo(3);
    }

    private static long readAll(DiskContent content) {
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        long total = 0;
        if (content instanceof DiskContent.Container container) {
            ByteSource bytes = container.bytes();
            assertThat(container.siblings()).isNotNull();
            while (total < bytes.size()) {
                int n = bytes.read(total, buffer.clear());
                assertThat(n).isPositive();
                total += n;
            }
            assertThat(bytes.read(total, buffer.clear())).isZero();
        } else if (content instanceof DiskContent.Stream stream) {
            ByteStream bytes = stream.bytes();
            for (int n = bytes.read(buffer.clear()); n > 0; n = bytes.read(buffer.clear())) {
                total += n;
            }
        } else if (content instanceof DiskContent.Virtual virtual) {
            total = virtual.image().virtualSize();
            if (total > 0) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), total));
                virtual.image().read(0, buffer);
                assertThat(buffer.hasRemaining()).isFalse();
            }
        }
        return total;
    }

    @Test
    void aContentMayBeCheckedAfterItsBytesWereClosed() {
        try (SourceSession session = session()) {
            VmRef ref = refs(session).get(0);
            Vm vm = session.describe(ref);
            try (DiskContent content = session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)) {
                if (content instanceof DiskContent.Container container) {
                    container.bytes().close();
                }
                content.verify();
            }
        }
    }

    @Test
    void anUnknownVmIsACodedError() {
        try (SourceSession session = session()) {
            VmRef unknown = new VmRef(config().name(), "no-such-key", "nobody");
            VmferryException e = catchThrowableOfType(VmferryException.class, () -> session.describe(unknown));
            assertComplete(e);
            assertThat(e.subject()).contains("nobody");
        }
    }

    @Test
    void aDiskThatTheVmDoesNotHaveIsACodedError() {
        try (SourceSession session = session()) {
            Vm vm = session.describe(refs(session).get(0));
            Disk foreign = SampleVms.disk(99, 1 << 20);
            assertComplete(catchThrowableOfType(
                    VmferryException.class, () -> session.openDisk(vm, foreign, ReadPoint.CURRENT)));
        }
    }

    @Test
    void aClosedSessionRefusesWithACodedError() {
        SourceSession session = session();
        VmRef ref = refs(session).get(0);
        Vm vm = session.describe(ref);
        session.close();
        session.close();
        assertComplete(catchThrowableOfType(VmferryException.class, () -> refs(session)));
        assertComplete(catchThrowableOfType(VmferryException.class, () -> session.describe(ref)));
        assertComplete(catchThrowableOfType(
                VmferryException.class, () -> session.openDisk(vm, vm.disks().get(0), ReadPoint.CURRENT)));
    }

    @Test
    void readingChangesNothingAtTheSource() {
        Object before = traceOfWrites();
        openEveryDisk();
        assertThat(traceOfWrites()).isEqualTo(before);
    }

    @Test
    void manyThreadsMayUseOneSession() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (SourceSession session = session()) {
            List<Callable<List<Vm>>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS * 2; i++) {
                tasks.add(() -> refs(session).stream()
                        .map(ref -> {
                            Vm vm = session.describe(ref);
                            for (Disk disk : vm.disks()) {
                                try (DiskContent content = session.openDisk(vm, disk, ReadPoint.CURRENT)) {
                                    readAll(content);
                                    content.verify();
                                }
                            }
                            return vm;
                        })
                        .toList());
            }
            Set<List<Vm>> results = new HashSet<>();
            for (Future<List<Vm>> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            assertThat(results).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** A coded error names code, subject, reason and remedy. */
    protected static void assertComplete(VmferryException e) {
        assertThat(e).isNotNull();
        assertThat(e.code()).isNotNull();
        assertThat(e.code().name()).matches("[A-Z0-9_]+");
        assertThat(e.subject()).isNotBlank();
        assertThat(e.reason()).isNotBlank();
        assertThat(e.remedy()).isNotBlank();
    }
}
