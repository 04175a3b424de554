package io.vmferry.vmware.vsphere;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceConnector;
import io.vmferry.spi.testing.SourceSessionContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sources, over a simulated vCenter. */
@Timeout(300)
class VsphereSessionTest extends SourceSessionContract {
    private static final long MIB = 1L << 20;

    @TempDir
    Path folder;

    final VsphereSimulator simulator = VsphereSimulator.start(world());

    private static World world() {
        World world = new World(7);
        world.vm("web", vm -> {
            vm.disk(3 * MIB).filled(0.4);
            vm.disk(2 * MIB).seed(2).filled(0.1);
            vm.nic(world.vmNetwork).address("10.0.0.5/24");
        });
        world.vm("db 数据/库", vm -> {
            vm.changeTracking = true;
            vm.disk(4 * MIB).seed(3).filled(0.3);
            vm.nic(world.dvApp);
            vm.snapshots.add("before patch");
        });
        return world;
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    Endpoint server() {
        return simulator.vcenter();
    }

    @Override
    protected SourceConnector connector() {
        return new VsphereConnector();
    }

    @Override
    protected SourceConfig config() {
        return SimulatedSource.config(server(), folder, Map.of());
    }

    @Override
    protected List<String> vmNames() {
        return List.of("web", "db 数据/库");
    }

    @Override
    protected Object traceOfWrites() {
        synchronized (simulator.world()) {
            return List.of(
                    simulator.snapshots(),
                    simulator.openLeases(),
                    simulator.world().vms().stream().map(Vm::powerHistory).toList(),
                    simulator.world().vms().stream()
                            .map(vm -> vm.spec().changeTracking)
                            .toList());
        }
    }
}
