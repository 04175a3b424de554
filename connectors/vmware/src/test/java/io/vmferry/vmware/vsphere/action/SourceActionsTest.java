package io.vmferry.vmware.vsphere.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.NicControl;
import io.vmferry.spi.source.PowerControl;
import io.vmferry.spi.source.Snapshots;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.vmware.vsphere.SimulatedSource;
import io.vmferry.vmware.vsphere.VsphereError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done to VMs at the source, and that it can be undone. */
@Timeout(180)
class SourceActionsTest {
    private static final long MIB = 1L << 20;

    @TempDir
    Path folder;

    private final World world = new World(3);
    private final Vm running = world.vm("running", vm -> {
        vm.poweredOn = true;
        vm.disk(2 * MIB);
        vm.nic(world.vmNetwork).address("10.0.0.5/24");
    });
    private final Vm stubborn = world.vm("stubborn", vm -> {
        vm.poweredOn = true;
        vm.shutdown = null;
        vm.disk(MIB);
    });
    private final Vm bare = world.vm("bare", vm -> {
        vm.poweredOn = true;
        vm.tools = false;
        vm.disk(MIB);
        vm.snapshots.add("of the user");
    });
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private SourceSession session;

    @BeforeEach
    void open() {
        session = SimulatedSource.open(simulator, folder);
    }

    @AfterEach
    void stop() {
        session.close();
        simulator.close();
    }

    private VmRef ref(Vm vm) {
        return SimulatedSource.ref(session, vm.name());
    }

    private PowerControl power() {
        return session.power().orElseThrow();
    }

    private Snapshots snapshots() {
        return session.snapshots().orElseThrow();
    }

    @Test
    void aGuestIsAskedToShutDownAndPowerComesBack() {
        VmRef vm = ref(running);
        assertThat(power().state(vm)).isEqualTo(PowerState.ON);
        assertThat(power().shutdownGuest(vm)).isTrue();
        assertThat(power().state(vm)).isEqualTo(PowerState.OFF);
        assertThat(power().shutdownGuest(vm)).isTrue();
        power().on(vm);
        power().on(vm);
        assertThat(power().state(vm)).isEqualTo(PowerState.ON);
    }

    @Test
    void aGuestThatDoesNotListenIsCutOff() {
        VmRef vm = ref(stubborn);
        assertThat(power().shutdownGuest(vm)).isTrue();
        assertThat(power().state(vm)).isEqualTo(PowerState.ON);
        power().off(vm);
        power().off(vm);
        assertThat(power().state(vm)).isEqualTo(PowerState.OFF);
    }

    @Test
    void withoutToolsThereIsNobodyToAsk() {
        assertThat(power().shutdownGuest(ref(bare))).isFalse();
        assertThat(power().state(ref(bare))).isEqualTo(PowerState.ON);
    }

    @Test
    void aSnapshotIsTakenOnceAdoptedAndRemoved() {
        VmRef vm = ref(running);
        Snapshot taken = snapshots().create(vm, "vmferry-move-a1-1");
        assertThat(taken.name()).isEqualTo("vmferry-move-a1-1");
        assertThat(snapshots().create(vm, "vmferry-move-a1-1")).isEqualTo(taken);
        assertThat(snapshots().ours(vm)).containsExactly(taken);
        assertThat(session.describe(vm).snapshots()).containsExactly(taken);
        assertThat(session.describe(vm).disks().get(0).key()).isEqualTo("[datastore1] running/running.vmdk");

        snapshots().remove(vm, taken);
        snapshots().remove(vm, taken);
        assertThat(snapshots().ours(vm)).isEmpty();
        assertThat(running.snapshots()).isEmpty();
    }

    @Test
    void aSnapshotOfSomebodyElseIsLeftAlone() {
        VmRef vm = ref(bare);
        Snapshot theirs = session.describe(vm).snapshots().get(0);
        assertThat(snapshots().ours(vm)).isEmpty();
        VmferryException e =
                catchThrowableOfType(VmferryException.class, () -> snapshots().remove(vm, theirs));
        assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_SNAPSHOT_FOREIGN);
        assertThat(e.subject()).isEqualTo("bare / of the user");
        assertThat(bare.snapshots()).hasSize(1);
    }

    @Test
    void aFullDatastoreIsNamedAndLeavesNoSnapshot() {
        world.snapshotsWithoutSpace = 9;
        VmferryException e =
                catchThrowableOfType(VmferryException.class, () -> snapshots().create(ref(running), "vmferry-m-1"));
        assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_DATASTORE_FULL);
        assertThat(e.subject()).isEqualTo("running");
        assertThat(running.snapshots()).isEmpty();
    }

    @Test
    void aMissingPrivilegeIsNamed() {
        world.deniedPrivileges.add("VirtualMachine.State.CreateSnapshot");
        VmferryException e =
                catchThrowableOfType(VmferryException.class, () -> snapshots().create(ref(running), "vmferry-m-1"));
        assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_NO_PERMISSION);
        assertThat(e).hasMessageContaining("VirtualMachine.State.CreateSnapshot");
    }

    @Test
    void aCardIsUnpluggedAndPluggedInAgain() {
        VmRef vm = ref(running);
        Nic nic = session.describe(vm).nics().get(0);
        NicControl nics = session.nics().orElseThrow();
        nics.disconnect(vm, nic);
        nics.disconnect(vm, nic);
        assertThat(running.spec().nics.get(0).connected).isFalse();
        assertThat(running.spec().nics.get(0).startConnected).isFalse();
        assertThat(session.describe(vm).nics().get(0).connected()).isFalse();
        nics.reconnect(vm, nic);
        assertThat(running.spec().nics.get(0).connected).isTrue();
        assertThat(running.spec().nics.get(0).startConnected).isTrue();
        assertThat(session.describe(vm).nics()).isEqualTo(List.of(nic));
    }

    @Test
    void anEndedSessionIsNoObstacle() {
        VmRef vm = ref(stubborn);
        simulator.expireSessions();
        power().off(vm);
        assertThat(stubborn.poweredOn()).isFalse();
    }
}
