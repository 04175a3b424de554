package io.vmferry.vmware.vsphere.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.DiskContent;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks of a simulated vCenter when requests fail, connections die, sessions and leases end. */
class DiskFaultsTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void aFlakyTransferEndsRightAndReadsNothingTwiceOnAverage() {
        for (long seed = 1; seed <= 2; seed++) {
            System.out.println("flaky transfer, seed " + seed);
            World world = new World(seed);
            var web = world.vm("web", vm -> vm.disk(48 * MIB).filled(0.5));
            try (SimulatedDisks test = new SimulatedDisks(world);
                    VsphereDisks disks = test.disks(Transfer.FOLDER)) {
                // One request in ten fails or stalls, one connection in five dies in the middle of a body.
                test.simulator.faults().onFolder().random(0.06, seed).status(503);
                test.simulator.faults().onFolder().random(0.04, seed + 10).stallAfter(100_000);
                test.simulator.faults().onFolder().random(0.1, seed + 20).dropAfter(200_000);
                test.simulator.faults().onFolder().random(0.1, seed + 30).dropAfter(900_000);
                try (DiskContent content = SimulatedDisks.open(disks, test.describe("web"), 0)) {
                    assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                            .isEqualTo(SimulatedDisks.expected(web.disks().get(0)));
                }
                assertThat(test.simulator.served().bytes("[datastore1] web/web-flat.vmdk"))
                        .isLessThan(96 * MIB);
            }
        }
    }

    @Test
    void aSessionThatEndsInTheMiddleIsRenewed() {
        World world = new World(3);
        var web = world.vm("web", vm -> vm.disk(24 * MIB).filled(0.5));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.FOLDER)) {
            Vm vm = test.describe("web");
            // Once with tickets of the host, once with the session of the vCenter.
            for (boolean direct : new boolean[] {true, false}) {
                if (!direct) {
                    test.simulator.esxi(world.hosts().get(0)).close();
                }
                try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                    assertThat(content.way()).contains(direct ? "straight" : "through the vCenter");
                    test.simulator.expireSessions();
                    assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                            .isEqualTo(SimulatedDisks.expected(web.disks().get(0)));
                }
            }
        }
    }

    @Test
    void aVmThatIsStartedMeanwhileEndsTheTransfer() {
        World world = new World(4);
        world.vm("web", vm -> vm.disk(24 * MIB).filled(0.5));
        try (SimulatedDisks test = new SimulatedDisks(world)) {
            Patience brief = new Patience(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(500),
                    Duration.ofMillis(5),
                    Duration.ofMillis(50));
            try (VsphereDisks disks = test.disks(Transfer.FOLDER, brief);
                    DiskContent content = SimulatedDisks.open(disks, test.describe("web"), 0)) {
                test.simulator.faults().onFolder().where("-flat").status(500);

                VmferryException locked = catchThrowableOfType(
                        VmferryException.class, () -> SimulatedDisks.read(content, folder.resolve("scratch")));
                assertThat(locked.code()).isEqualTo(TransferError.DATASTORE_FILE_LOCKED);
                assertThat(locked.subject()).startsWith("[datastore1] web/web-flat.vmdk at offset ");
            }
        }
    }

    @Test
    void anExportThatIsCutIsNoDisk() {
        World world = new World(5);
        Datastore vsan = world.datastore("vsan", Datastore.Kind.VSAN);
        world.vm("web", vm -> vm.disk(32 * MIB).filled(0.9).on(vsan));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            Vm vm = test.describe("web");
            test.simulator.faults().onNfc().dropAfter(5 * MIB);
            VmferryException cut = failure(disks, vm);
            assertThat(cut.code()).isEqualTo(TransferError.EXPORT_TRUNCATED);
            assertThat(cut.subject()).isEqualTo("web / Hard disk 1");

            test.simulator.faults().clear();
            test.simulator.faults().onNfc().truncateAfter(5 * MIB);
            // A stream of no announced length ends like a whole one; the converter misses the end mark.
            assertThat(failure(disks, vm).code().name()).isIn("VMDK_TRUNCATED", "EXPORT_TRUNCATED");

            test.simulator.faults().clear();
            test.simulator.faults().onNfc().html();
            assertThat(failure(disks, vm).code()).isEqualTo(TransferError.EXPORT_REFUSED);

            test.simulator.faults().clear();
            test.simulator.faults().onNfc().status(503);
            assertThat(failure(disks, vm).code()).isEqualTo(TransferError.DATASTORE_BUSY);
            assertThat(test.simulator.openLeases()).isZero();

            test.simulator.faults().clear();
            try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                assertThat(SimulatedDisks.read(content, folder.resolve("whole")))
                        .isEqualTo(
                                SimulatedDisks.expected(world.vm("web").disks().get(0)));
            }
        }
    }

    @Test
    void aLeaseThatEndsIsNoticed() {
        World world = new World(6);
        Datastore vsan = world.datastore("vsan", Datastore.Kind.VSAN);
        world.vm("web", vm -> vm.disk(64 * MIB).filled(0.9).on(vsan));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            try (DiskContent content = SimulatedDisks.open(disks, test.describe("web"), 0)) {
                var bytes = ((DiskContent.Stream) content).bytes();
                bytes.read(java.nio.ByteBuffer.allocate(64 << 10));
                assertThat(test.simulator.openLeases()).isEqualTo(1);
                test.simulator.expireLeases();

                VmferryException lost = catchThrowableOfType(VmferryException.class, () -> {
                    while (true) {
                        if (bytes.read(java.nio.ByteBuffer.allocate(1 << 20)) == 0) {
                            content.verify();
                            break;
                        }
                    }
                });
                assertThat(lost.code().retryable()).isTrue();
                assertThat(lost.code()).isIn(TransferError.EXPORT_LEASE_LOST, TransferError.EXPORT_TRUNCATED);
            }
            assertThat(test.simulator.openLeases()).isZero();
        }
    }

    @Test
    void aVmThatMayNotBeExportedSaysWhy() {
        World world = new World(7);
        world.vm("web", vm -> vm.disk(4 * MIB).filled(0.9));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.NFC)) {
            Vm vm = test.describe("web");
            synchronized (world) {
                world.deniedPrivileges.add("VApp.Export");
            }
            VmferryException refused = failure(disks, vm);
            assertThat(refused.subject()).isEqualTo("web / Hard disk 1");
            assertThat(refused.code().name()).isEqualTo("VSPHERE_NO_PERMISSION");
            assertThat(test.simulator.openLeases()).isZero();
        }
    }

    private VmferryException failure(VsphereDisks disks, Vm vm) {
        return catchThrowableOfType(VmferryException.class, () -> {
            try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                SimulatedDisks.read(content, folder.resolve("scratch"));
            }
        });
    }
}
