package io.vmferry.vmware.vsphere.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way is taken to which disk, and that the right bytes come out of it. */
class VsphereDisksTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void aVmThatIsOffIsReadStraightFromItsHost() {
        World world = new World(1);
        var web = world.vm("web", vm -> {
            vm.disk(48 * MIB).filled(0.4);
            vm.disk(5 * MIB + 512).filled(1);
        });
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            Vm vm = test.describe("web");
            for (int i = 0; i < 2; i++) {
                try (DiskContent content = SimulatedDisks.open(disks, vm, i)) {
                    assertThat(content.way())
                            .isEqualTo(
                                    "HTTPS ranges straight from esx-1.sim.test, 4 connections, all of it, for want of"
                                            + " an allocation map");
                    assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                            .isEqualTo(SimulatedDisks.expected(web.disks().get(i)));
                }
            }
        }
    }

    @Test
    void withChangedBlockTrackingOnlyAllocatedBytesAreRead() {
        World world = new World(2);
        var web = world.vm("web", vm -> {
            vm.changeTracking = true;
            vm.disk(512 * MIB).filled(0.05);
        });
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            Vm vm = test.describe("web");
            try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                assertThat(content.way()).contains("what is allocated, as changed block tracking tells");
                assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                        .isEqualTo(SimulatedDisks.expected(web.disks().get(0)));
            }
            long allocated =
                    65536L * web.disks().get(0).chain().allocatedBlocks(0).cardinality();
            assertThat(test.simulator.served().bytes("[datastore1] web/web-flat.vmdk"))
                    .isBetween(allocated / 2, allocated + 64 * 1024);
        }
    }

    @Test
    void snapshotsAreReadThroughTheirChain() {
        for (Datastore.Kind kind : new Datastore.Kind[] {Datastore.Kind.VMFS6, Datastore.Kind.VMFS5}) {
            World world = new World(3);
            Datastore store = world.datastore("sn äp " + kind, kind);
            var db = world.vm("db", vm -> {
                vm.changeTracking = true;
                vm.disk(64 * MIB).filled(0.3).on(store);
                vm.snapshots.add("one");
                vm.snapshots.add("two");
            });
            var disk = db.disks().get(0);
            disk.chain().writeSeeded(8 * MIB, 3 * MIB, 77);
            disk.chain().discard(20 * MIB, MIB);
            try (SimulatedDisks test = new SimulatedDisks(world);
                    VsphereDisks disks = test.disks(Transfer.FOLDER)) {
                Vm vm = test.describe("db");
                try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                    assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                            .as(kind.name())
                            .isEqualTo(SimulatedDisks.expected(disk));
                }
            }
        }
    }

    @Test
    void aRunningVmIsReadAtItsSnapshotAndNotWithoutOne() {
        World world = new World(4);
        var web = world.vm("web", vm -> {
            vm.poweredOn = true;
            vm.disk(16 * MIB).filled(0.5);
            vm.snapshots.add("vmferry");
        });
        var disk = web.disks().get(0);
        var frozen = SimulatedDisks.expected(disk.chain().view(0));
        disk.chain().writeSeeded(0, MIB, 5);
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            Vm vm = test.describe("web");
            String snapshot = vm.snapshots().get(0).key();
            try (DiskContent content = SimulatedDisks.open(disks, vm, 0, new ReadPoint(snapshot))) {
                assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                        .isEqualTo(frozen);
            }
            try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                var image = ((DiskContent.Virtual) content).image();
                assertThat(image.virtualSize()).isEqualTo(16 * MIB);
                VmferryException running = catchThrowableOfType(
                        VmferryException.class, () -> image.read(0, java.nio.ByteBuffer.allocate(512)));
                assertThat(running.code()).isEqualTo(TransferError.DISK_NOT_READABLE);
                assertThat(running.remedy()).contains("Switch the VM off");
            }
        }
    }

    @Test
    void linkedClonesFindTheirParentInAnotherFolder() {
        World world = new World(5);
        var base = world.vm("golden", vm -> vm.disk(24 * MIB).filled(0.6));
        var clone =
                world.vm("clone", vm -> vm.disk(24 * MIB).cloneOf = base.disks().get(0));
        clone.disks().get(0).chain().writeSeeded(4 * MIB, 2 * MIB, 9);
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.FOLDER)) {
            try (DiskContent content = SimulatedDisks.open(disks, test.describe("clone"), 0)) {
                assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                        .isEqualTo(SimulatedDisks.expected(clone.disks().get(0)));
            }
        }
    }

    @Test
    void disksWithoutFilesAreExportedAndNoLeaseStays() {
        World world = new World(6);
        Datastore vsan = world.datastore("vsanDatastore", Datastore.Kind.VSAN);
        var web = world.vm("web", vm -> {
            vm.disk(32 * MIB).filled(0.4).on(vsan);
            vm.disk(16 * MIB).filled(0.2).on(vsan);
        });
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            Vm vm = test.describe("web");
            for (int i = 0; i < 2; i++) {
                try (DiskContent content = SimulatedDisks.open(disks, vm, i)) {
                    assertThat(content.way())
                            .isEqualTo("exported by vSphere as one stream, because datastore vsanDatastore (vsan) keeps"
                                    + " objects and no files");
                    assertThat(SimulatedDisks.read(content, folder.resolve("scratch" + i)))
                            .isEqualTo(SimulatedDisks.expected(web.disks().get(i)));
                }
                assertThat(test.simulator.openLeases()).isZero();
            }
        }
    }

    @Test
    void aLockedDiskIsExported() {
        World world = new World(7);
        var web = world.vm("web", vm -> vm.disk(16 * MIB).filled(0.4));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO);
                VsphereDisks filesOnly = test.disks(Transfer.FOLDER)) {
            test.simulator.faults().onFolder().where("-flat").status(500);
            Vm vm = test.describe("web");
            try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                assertThat(content.way()).contains("cannot open it (HTTP 500)");
                assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                        .isEqualTo(SimulatedDisks.expected(web.disks().get(0)));
            }
            assertThat(catchThrowableOfType(VmferryException.class, () -> SimulatedDisks.open(filesOnly, vm, 0))
                            .code())
                    .isEqualTo(TransferError.DATASTORE_FILE_LOCKED);
            assertThat(test.simulator.openLeases()).isZero();
        }
    }

    @Test
    void aHostOutOfReachIsReplacedByTheVcenter() {
        World world = new World(8);
        var web = world.vm("web", vm -> vm.disk(16 * MIB).filled(0.4));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            test.simulator.esxi(world.hosts().get(0)).close();
            Vm vm = test.describe("web");
            try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                assertThat(content.way())
                        .startsWith(
                                "HTTPS ranges through the vCenter, because esx-1.sim.test is not reached from here");
                assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                        .isEqualTo(SimulatedDisks.expected(web.disks().get(0)));
            }
        }
    }

    @Test
    void anotherCertificateOfAHostIsNotTrusted() {
        World world = new World(9);
        world.vm("web", vm -> vm.disk(16 * MIB).filled(0.4));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            test.simulator.esxi(world.hosts().get(0)).changeCertificate();
            try (DiskContent content = SimulatedDisks.open(disks, test.describe("web"), 0)) {
                assertThat(content.way())
                        .startsWith("HTTPS ranges through the vCenter, because")
                        .contains("certificate is not the pinned one");
            }
        }
    }

    @Test
    void aHostByItselfIsReadWithItsOwnSession() {
        World world = new World(10);
        var web = world.vm("web", vm -> vm.disk(16 * MIB).filled(0.4));
        VsphereSimulator simulator = VsphereSimulator.start(world);
        try (SimulatedDisks test =
                new SimulatedDisks(simulator, simulator.esxi(world.hosts().get(0)))) {
            Vm vm = test.describe("web");
            for (Transfer transfer : Transfer.values()) {
                try (VsphereDisks disks = test.disks(transfer);
                        DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
                    assertThat(content.way())
                            .startsWith(transfer == Transfer.NFC ? "exported" : "HTTPS ranges from 127.0.0.1");
                    assertThat(SimulatedDisks.read(content, folder.resolve("scratch " + transfer)))
                            .isEqualTo(SimulatedDisks.expected(web.disks().get(0)));
                }
            }
            assertThat(simulator.openLeases()).isZero();
        }
    }

    @Test
    void namesOfEveryKindFindTheirFiles() {
        World world = new World(11);
        var folderOfDatacenters = world.folder("Werk 1/2 + Süd", world.root);
        var away = world.datacenter("DC 100% äöü", folderOfDatacenters);
        assertThat(away).isNotNull();
        Datastore store = world.datastore("ds +1 & é", Datastore.Kind.NFS);
        var web = world.vm("web 1/2 +ü", vm -> vm.disk(4 * MIB).filled(0.4).on(store));
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.FOLDER)) {
            test.simulator.esxi(world.hosts().get(0)).close();
            try (DiskContent content = SimulatedDisks.open(disks, test.describe("web 1/2 +ü"), 0)) {
                assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                        .isEqualTo(SimulatedDisks.expected(web.disks().get(0)));
            }
        }
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        World world = new World(12);
        world.vm("raw", vm -> vm.disk(4 * MIB).rdm = "physicalMode");
        world.vm("secret", vm -> {
            vm.encrypted = true;
            vm.disk(4 * MIB);
        });
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            for (String name : new String[] {"raw", "secret"}) {
                VmferryException refused = catchThrowableOfType(
                        VmferryException.class, () -> SimulatedDisks.open(disks, test.describe(name), 0));
                assertThat(refused.code()).isEqualTo(TransferError.DISK_NOT_READABLE);
                assertThat(refused.reason()).contains(name.equals("raw") ? "passed through" : "encrypted");
            }
        }
    }

    @Test
    void theVersionChangesWithTheDisk() {
        World world = new World(13);
        world.vm("web", vm -> {
            vm.changeTracking = true;
            vm.disk(4 * MIB).filled(0.4);
        });
        try (SimulatedDisks test = new SimulatedDisks(world);
                VsphereDisks disks = test.disks(Transfer.AUTO)) {
            Vm vm = test.describe("web");
            String first = version(disks, vm);
            assertThat(version(disks, vm)).isEqualTo(first).contains("CID");
            synchronized (world) {
                world.vm("web").snapshot("later", "", false, false);
            }
            assertThat(version(disks, vm)).isNotEqualTo(first);
        }
    }

    private static String version(VsphereDisks disks, Vm vm) {
        try (DiskContent content = SimulatedDisks.open(disks, vm, 0)) {
            return content.version();
        }
    }
}
