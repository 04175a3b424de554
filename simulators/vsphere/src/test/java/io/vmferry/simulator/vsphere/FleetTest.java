package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.World;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final String[] PATHS = {
        "name",
        "parent",
        "config",
        "runtime",
        "guest",
        "summary",
        "snapshot",
        "layoutEx",
        "storage",
        "datastore",
        "network"
    };

    @Test
    void aFleetHasWhatRealOnesHave() {
        World world = Fleet.seeded(3, 200);
        assertThat(world.vms()).hasSize(200);
        for (Predicate<Vm> peculiarity : List.<Predicate<Vm>>of(
                vm -> vm.spec().template,
                vm -> vm.spec().connection.equals("orphaned"),
                vm -> vm.disks().stream().anyMatch(VmDisk::linkedClone),
                vm -> vm.disks().stream().anyMatch(disk -> "physicalMode".equals(disk.spec().rdm)),
                vm -> vm.disks().stream().anyMatch(disk -> disk.spec().multiWriter),
                vm -> vm.disks().get(0).spec().controller.equals("nvme"),
                vm -> vm.spec().tpm,
                vm -> vm.spec().encrypted,
                vm -> vm.snapshots().size() == 3,
                vm -> vm.spec().shutdown == null,
                vm -> vm.name().contains("/"),
                vm -> vm.powerState().equals("suspended"),
                vm -> !vm.spec().tools,
                vm -> !vm.poweredOn())) {
            assertThat(world.vms()).anyMatch(peculiarity);
        }
        Set<String> uuids = new HashSet<>();
        assertThat(world.vms()).anyMatch(vm -> !uuids.add(vm.biosUuid()));
        assertThat(world.vms().stream().map(Vm::instanceUuid).distinct()).hasSize(200);
        assertThat(world.vms().stream().flatMap(vm -> vm.spec().nics.stream()).map(nic -> nic.mac))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSameSeedGivesTheSameFleet() {
        try (VsphereSimulator one = VsphereSimulator.start(Fleet.seeded(5, 60));
                VsphereSimulator two = VsphereSimulator.start(Fleet.seeded(5, 60))) {
            assertThat(names(one)).isEqualTo(names(two)).hasSize(60);
        }
    }

    private static List<String> names(VsphereSimulator simulator) {
        return RawClient.loggedIn(simulator)
                .all("VirtualMachine", 25, "config.instanceUuid", "name", "config.uuid")
                .stream()
                .map(object -> RawClient.properties(object).values().stream()
                        .map(Node::text)
                        .toList()
                        .toString())
                .toList();
    }

    @Test
    void aLargeFleetIsPaged() {
        World world = Fleet.seeded(1, 2_000);
        try (VsphereSimulator simulator = VsphereSimulator.start(world)) {
            RawClient client = RawClient.loggedIn(simulator);
            assertThat(client.count("VirtualMachine", 500, PATHS)).isEqualTo(2_000);
        }
    }
}
