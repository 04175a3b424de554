package io.vmferry.converter.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ExtentKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A cluster belongs to one place of the disk; in which order they lie is up to whoever wrote them. */
class SharedClustersTest {
    private static final int CLUSTER = 4096;
    private static final int COUNT = 100;
    private static final ExtentKind[] KINDS = {
        ExtentKind.DATA, ExtentKind.ENCODED, ExtentKind.DATA, ExtentKind.HOLE, ExtentKind.ZERO
    };

    private final Qcow2Fixture fixture = new Qcow2Fixture();
    private final byte[] content = new byte[COUNT * CLUSTER];
    private final byte[] file;

    SharedClustersTest() {
        fixture.clusterBits = 12;
        for (int i = 0; i < COUNT; i++) {
            if (i % KINDS.length < 3) {
                Arrays.fill(content, i * CLUSTER, (i + 1) * CLUSTER, (byte) (i + 1));
            }
        }
        file = fixture.build(content, i -> KINDS[i % KINDS.length]);
    }

    private long entry(int cluster) {
        return ByteBuffer.wrap(file).getLong(fixture.l2Offset + 8 * cluster);
    }

    private void set(int cluster, long entry) {
        ByteBuffer.wrap(file).putLong(fixture.l2Offset + 8 * cluster, entry);
    }

    @Test
    void readsClustersInAnyOrder() {
        RandomGenerator random = SampleDisk.random(211);
        for (int i = COUNT / KINDS.length - 1; i > 0; i--) {
            for (int kind = 0; kind < 3; kind++) {
                int a = i * KINDS.length + kind;
                int b = random.nextInt(i + 1) * KINDS.length + kind;
                long entry = entry(a);
                set(a, entry(b));
                set(b, entry);
                byte[] bytes = Arrays.copyOfRange(content, a * CLUSTER, (a + 1) * CLUSTER);
                System.arraycopy(content, b * CLUSTER, content, a * CLUSTER, CLUSTER);
                System.arraycopy(bytes, 0, content, b * CLUSTER, CLUSTER);
            }
        }
        ByteBuffer got = ByteBuffer.allocate(content.length);
        try (DiskImage image = new Qcow2Format().open(new MemoryStore(file), Qcow2ImageTest.NOBODY)) {
            image.read(0, got);
        }
        assertThat(Arrays.equals(got.array(), content)).isTrue();
    }

    @Test
    void refusesEntriesWithTheSamePlace() {
        long[][] shared = {
            {5, entry(0)}, // the same plain cluster
            {6, entry(1)}, // the same compressed one
        };
        for (long[] change : shared) {
            long before = entry((int) change[0]);
            set((int) change[0], change[1]);
            try (DiskImage image = new Qcow2Format().open(new MemoryStore(file), Qcow2ImageTest.NOBODY)) {
                assertThatThrownBy(() -> image.read(50 * CLUSTER, ByteBuffer.allocate(CLUSTER)))
                        .isInstanceOfSatisfying(VmferryException.class, e -> {
                            assertThat(e.code()).isEqualTo(Qcow2Error.QCOW2_TABLE_INVALID);
                            assertThat(e.reason()).contains("the same cluster");
                        });
            }
            set((int) change[0], before);
        }
    }
}
