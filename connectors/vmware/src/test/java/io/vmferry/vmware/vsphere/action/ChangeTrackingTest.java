package io.vmferry.vmware.vsphere.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.ChangedBlocks;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.vmware.vsphere.SimulatedSource;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.Credentials;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.HttpClients;
import io.vmferry.vmware.vsphere.http.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What changed on disks since a mark. */
@Timeout(180)
class ChangeTrackingTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final World world = new World(5);
    private final Vm tracked = world.vm("tracked", vm -> {
        vm.changeTracking = true;
        vm.poweredOn = true;
        vm.disk(16 * MIB).filled(0.3);
    });
    private final Vm untracked = world.vm("untracked", vm -> vm.disk(MIB));
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

    private ChangedBlocks blocks() {
        return session.changedBlocks().orElseThrow();
    }

    private ReadPoint snapshot(VmRef vm, String mark) {
        return new ReadPoint(session.snapshots().orElseThrow().create(vm, mark).key());
    }

    private List<Extent> since(VmRef vm, Disk disk, String mark, ReadPoint until) {
        try (Stream<Extent> changed = blocks().since(vm, disk, mark, until)) {
            return changed.toList();
        }
    }

    @Test
    void onlyWhatWasWrittenBetweenTwoSnapshots() {
        VmRef vm = SimulatedSource.ref(session, "tracked");
        Disk disk = session.describe(vm).disks().get(0);
        ReadPoint first = snapshot(vm, "vmferry-m-a-1");
        String mark = blocks().mark(vm, disk, first);
        synchronized (world) {
            tracked.disks().get(0).chain().writeSeeded(2 * MIB, MIB, 1);
            tracked.disks().get(0).chain().writeSeeded(9 * MIB, MIB, 2);
        }
        ReadPoint second = snapshot(vm, "vmferry-m-a-2");
        List<Extent> whole = List.of(Extent.data(2 * MIB, MIB), Extent.data(9 * MIB, MIB));
        assertThat(since(vm, disk, mark, second)).isEqualTo(whole);
        synchronized (world) {
            world.changedAreasPerCall = 1;
        }
        assertThat(since(vm, disk, mark, second)).as("in pieces").isEqualTo(whole);
        assertThat(since(vm, disk, blocks().mark(vm, disk, second), second)).isEmpty();
    }

    @Test
    void afterAResetAFullCopyIsDue() {
        VmRef vm = SimulatedSource.ref(session, "tracked");
        Disk disk = session.describe(vm).disks().get(0);
        String mark = blocks().mark(vm, disk, snapshot(vm, "vmferry-m-a-1"));
        synchronized (world) {
            tracked.disks().get(0).chain().resetChangeTracking(new UUID(1, 2));
        }
        ReadPoint later = snapshot(vm, "vmferry-m-a-2");
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> since(vm, disk, mark, later));
        assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_CBT_RESET);
        assertThat(e.subject()).startsWith("tracked / ");
    }

    @Test
    void withoutTrackingThereIsNoMark() {
        VmRef vm = SimulatedSource.ref(session, "untracked");
        Disk disk = session.describe(vm).disks().get(0);
        VmferryException e =
                catchThrowableOfType(VmferryException.class, () -> blocks().mark(vm, disk, ReadPoint.CURRENT));
        assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_CBT_OFF);
    }

    @Test
    void trackingIsSwitchedOnOnceAndNeverOverSnapshots() {
        VmRef vm = SimulatedSource.ref(session, "untracked");
        Trust trust = Trust.pinned(Fingerprint.parse(simulator.vcenter().sha256()));
        try (VimConnection connection = VimConnection.open(
                simulator.vcenter().uri(),
                HttpClients.create(trust),
                new Credentials(World.USER, () -> World.PASSWORD))) {
            ChangeTracking tracking = new ChangeTracking(connection);
            assertThat(tracking.enable(vm)).isTrue();
            assertThat(tracking.enable(vm)).isFalse();
            assertThat(untracked.spec().changeTracking).isTrue();
            synchronized (world) {
                untracked.changeTracking(false);
                untracked.snapshot("of the user", "", false, false);
            }
            VmferryException e = catchThrowableOfType(VmferryException.class, () -> tracking.enable(vm));
            assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_CBT_OFF);
        }
    }
}
