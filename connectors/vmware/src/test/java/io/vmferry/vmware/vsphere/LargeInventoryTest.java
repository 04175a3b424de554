package io.vmferry.vmware.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.Fleet;
import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Described;
import io.vmferry.spi.source.SourceSession;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet in the shapes that real vCenters have. {@code -Dvmferry.fleet=10000} makes it as large as one likes and prints what it
 * took.
 */
class LargeInventoryTest {
    private static final int VMS = Integer.getInteger("vmferry.fleet", 1000);
    private static final long SEED = 20261124;

    @TempDir
    Path folder;

    @Test
    @Timeout(1200)
    void everyVmOfALargeFleetIsDescribedOrSaysWhyNot() {
        try (VsphereSimulator simulator = VsphereSimulator.start(Fleet.seeded(SEED, VMS));
                SourceSession session = SimulatedSource.open(simulator, folder)) {
            long before = ownCpuMillis();
            long begun = System.nanoTime();
            List<VmRef> refs = SimulatedSource.refs(session);
            long listed = System.nanoTime();
            int full = 0;
            int nics = 0;
            Map<String, Integer> failures = new TreeMap<>();
            try (Stream<Described> all = session.describeAll(refs)) {
                for (Described described : (Iterable<Described>) all::iterator) {
                    if (described instanceof Described.Full one) {
                        full++;
                        nics += one.vm().nics().size();
                        assertThat(one.vm().ref()).isEqualTo(refs.get(full + failures(failures) - 1));
                    } else if (described instanceof Described.Failed one) {
                        failures.merge(one.reason().code().name(), 1, Integer::sum);
                    }
                }
            }
            long described = System.nanoTime();
            long own = ownCpuMillis() - before;
            System.out.printf(
                    "%d VMs (seed %d): listed in %d ms, described in %d ms, %d ms of it our own processor time;"
                            + " %d in full, %d cards, failed %s, heap %d MiB%n",
                    refs.size(),
                    SEED,
                    (listed - begun) / 1_000_000,
                    (described - listed) / 1_000_000,
                    own,
                    full,
                    nics,
                    failures,
                    (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
            assertThat(refs).hasSize(VMS).doesNotHaveDuplicates();
            assertThat(failures.keySet()).isSubsetOf("VSPHERE_VM_INCOMPLETE");
            assertThat(full + failures(failures)).isEqualTo(VMS);
            assertThat(nics).isGreaterThan(VMS * 9 / 10);
            // 10,000 VMs in a minute, with a margin of five for the first thousand, while Java still warms up.
            assertThat(own).isLessThan(30_000L + VMS * 6L);
        }
    }

    /** Of the threads on our side; the simulator in the same JVM needs twice as much for its answers. */
    private static long ownCpuMillis() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && (thread.getThreadId() == Thread.currentThread().getId()
                            || thread.getThreadName().startsWith("HttpClient-"))) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos / 1_000_000;
    }

    private static int failures(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
