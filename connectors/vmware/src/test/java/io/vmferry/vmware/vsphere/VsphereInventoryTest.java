package io.vmferry.vmware.vsphere;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.world.Folder;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Described;
import io.vmferry.spi.source.SourceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shapes that real inventories have, one by one. */
@Timeout(180)
class VsphereInventoryTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    private final World world = new World(11);
    private @Nullable VsphereSimulator simulator;

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private SourceSession open() {
        VsphereSimulator started = VsphereSimulator.start(world);
        simulator = started;
        return SimulatedSource.open(started, folder);
    }

    private void with(Consumer<SourceSession> test) {
        try (SourceSession session = open()) {
            test.accept(session);
        }
    }

    @Test
    void identityFirmwareAndHardware() {
        world.vm("win", vm -> {
            vm.biosUuid = "421a3b4c-0102-4304-8506-0708090a0b0c";
            vm.instanceUuid = "5029aaaa-0000-4000-8000-000000000001";
            vm.guestId = "windows2019srvNext_64Guest";
            vm.guestFullName = "Microsoft Windows Server 2022 (64-bit)";
            vm.firmware = "efi";
            vm.secureBoot = true;
            vm.tpm = true;
            vm.cpus = 8;
            vm.coresPerSocket = 4;
            vm.memoryMb = 6144;
            vm.cpuHotAdd = true;
            vm.annotation = "first\nsecond & <third>";
            vm.disk(GIB);
        });
        with(session -> {
            Vm vm = SimulatedSource.vm(session, "win");
            // vmx-19: the guest swaps the first three fields of the table.
            assertThat(vm.identity().biosUuid()).isEqualTo("4c3b1a42-0201-0443-8506-0708090a0b0c");
            assertThat(vm.identity().serial()).isEqualTo("VMware-42 1a 3b 4c 01 02 43 04-85 06 07 08 09 0a 0b 0c");
            assertThat(vm.identity().instanceUuid()).isEqualTo("5029aaaa-0000-4000-8000-000000000001");
            assertThat(vm.firmware()).isEqualTo(new Firmware(Firmware.Kind.EFI, true, true));
            assertThat(vm.guest().family()).isEqualTo(GuestOs.Family.WINDOWS);
            assertThat(vm.cpu().sockets()).isEqualTo(2);
            assertThat(vm.cpu().coresPerSocket()).isEqualTo(4);
            assertThat(vm.memoryBytes()).isEqualTo(6 * GIB);
            assertThat(vm.annotation()).isEqualTo("first\nsecond & <third>");
            assertThat(vm.features()).containsEntry("cpuHotAdd", "true").containsEntry("hardwareVersion", "vmx-19");
        });
    }

    @Test
    void vmsThatShareABiosUuidAreTwo() {
        for (String name : List.of("a", "b")) {
            world.vm(name, vm -> {
                vm.biosUuid = "421a0000-0000-4000-8000-00000000dead";
                vm.disk(GIB);
            });
        }
        with(session -> {
            List<VmRef> refs = SimulatedSource.refs(session);
            assertThat(refs).hasSize(2).extracting(VmRef::key).doesNotHaveDuplicates();
            assertThat(refs.stream().map(session::describe))
                    .extracting(vm -> vm.identity().biosUuid())
                    .containsOnly(SimulatedSource.vm(session, "a").identity().biosUuid());
        });
    }

    @Test
    void disksInAllTheirForms() {
        world.vm("original", vm -> vm.disk(GIB));
        world.vm("disks", vm -> {
            vm.disk(GIB).controller("nvme");
            vm.disk(2 * GIB).controller("ahci").mode("independent_persistent");
            vm.disk(GIB).multiWriter = true;
            vm.disk(GIB).rdm = "physicalMode";
            vm.disk(GIB).rdm = "virtualMode";
            vm.disk(GIB).thin = false;
            vm.extraConfig.put("disk.EnableUUID", "TRUE");
        });
        world.vm("locked", vm -> {
            vm.encrypted = true;
            vm.disk(GIB);
        });
        world.vm(
                "clone",
                vm -> vm.disk(GIB).cloneOf = world.vm("original").disks().get(0));
        with(session -> {
            List<Disk> disks = SimulatedSource.vm(session, "disks").disks();
            assertThat(disks)
                    .extracting(d -> d.attachment().bus())
                    .containsExactly("nvme", "sata", "scsi", "scsi", "scsi", "scsi");
            assertThat(disks)
                    .extracting(Disk::backing)
                    .containsExactly(
                            Disk.Backing.IMAGE,
                            Disk.Backing.IMAGE,
                            Disk.Backing.IMAGE,
                            Disk.Backing.RDM_PHYSICAL,
                            Disk.Backing.RDM_VIRTUAL,
                            Disk.Backing.IMAGE);
            assertThat(disks.get(1).mode()).isEqualTo("independent_persistent");
            assertThat(disks.get(1).capacityBytes()).isEqualTo(2 * GIB);
            assertThat(disks).extracting(Disk::shared).containsExactly(false, false, true, false, false, false);
            assertThat(disks.get(0).serial()).isNull();
            assertThat(disks.get(5).serial()).matches("[0-9a-f]{32}");
            assertThat(disks.get(5).format()).isEqualTo("vmdk thick");
            assertThat(SimulatedSource.vm(session, "locked").disks().get(0).format())
                    .contains("encrypted");
            Disk clone = SimulatedSource.vm(session, "clone").disks().get(0);
            assertThat(clone.key()).startsWith("[datastore1] clone/");
            assertThat(clone.format()).contains("1 ").endsWith("delta");
        });
    }

    @Test
    void whatTheGuestSaysOfItsNetworks() {
        Network dmz = world.network("VLAN 20 / DMZ", 20);
        Network database = world.portGroup(world.dvs, "dv-db", Network.Vlan.of(200));
        Network trunk = world.portGroup(world.dvs, "dv-trunk", Network.Vlan.trunk(100, 199));
        Network nsx = world.opaqueNetwork("nsx-1");
        world.vm("on", vm -> {
            vm.poweredOn = true;
            vm.hostName = "on.sim.test";
            vm.disk(GIB);
            vm.nic(dmz)
                    .address("10.0.0.5/24")
                    .address("fe80::1/64")
                    .gateway("10.0.0.1")
                    .dns("10.0.0.53");
            vm.nic(database).address("2001:db8::5/64").dhcp = true;
            vm.nic(trunk);
            vm.nic(nsx).model("e1000e");
        });
        world.vm("mute", vm -> {
            vm.poweredOn = true;
            vm.tools = false;
            vm.disk(GIB);
            vm.nic(world.vmNetwork).address("10.0.0.6/24");
        });
        with(session -> {
            Vm vm = SimulatedSource.vm(session, "on");
            assertThat(vm.guest().hostName()).isEqualTo("on.sim.test");
            assertThat(vm.nics())
                    .extracting(nic -> nic.network().name())
                    .containsExactly("VLAN 20 / DMZ", "dv-db", "dv-trunk", "nsx-1");
            assertThat(vm.nics()).extracting(nic -> nic.network().vlan()).containsExactly(20, 200, 4095, null);
            assertThat(vm.nics().get(3).model()).isEqualTo("e1000e");
            GuestInterface first = requireNonNull(vm.nics().get(0).guest());
            assertThat(first.addresses()).containsExactly(new GuestInterface.Address("10.0.0.5", 24));
            assertThat(first.gateways()).containsExactly("10.0.0.1");
            assertThat(first.dns()).contains("10.0.0.53");
            assertThat(first.origin()).isEqualTo(GuestInterface.Origin.STATIC);
            assertThat(first.lastSeen()).isFalse();
            GuestInterface second = requireNonNull(vm.nics().get(1).guest());
            assertThat(second.addresses()).containsExactly(new GuestInterface.Address("2001:db8::5", 64));
            assertThat(second.origin()).isEqualTo(GuestInterface.Origin.DHCP);
            assertThat(vm.guest().fileSystems()).isNotEmpty();
            assertThat(SimulatedSource.vm(session, "mute").nics().get(0).guest())
                    .isNull();
        });
    }

    @Test
    void placesTagsAttributesAndSnapshots() {
        Folder odd = world.folder("50% / test", world.folder("生产环境", world.datacenter.vms));
        world.vm("a/b 数据", vm -> {
            vm.folder = odd;
            vm.tags.addAll(List.of("environment/production", "role/web", "role/db"));
            vm.attributes.put("owner", "team a");
            vm.snapshots.addAll(List.of("one", "two"));
            vm.disk(GIB);
        });
        for (boolean newRest : new boolean[] {true, false}) {
            world.newRest = newRest;
            with(session -> {
                Vm vm = SimulatedSource.vm(session, "a/b 数据");
                assertThat(vm.placement().folder()).endsWith("/vm/生产环境/50%25 %2f test");
                assertThat(vm.placement().datacenter()).isEqualTo(world.datacenter.name());
                assertThat(vm.placement().cluster()).isEqualTo(world.cluster.name());
                assertThat(vm.tags())
                        .containsEntry("environment", List.of("production"))
                        .containsEntry("role", List.of("db", "web"))
                        .containsEntry("owner", List.of("team a"));
                assertThat(vm.snapshots()).extracting(Snapshot::name).containsExactly("one", "two");
                assertThat(vm.snapshots()).extracting(Snapshot::current).containsExactly(false, true);
                assertThat(vm.disks().get(0).key()).doesNotContain("00000");
            });
            stop();
        }
    }

    @Test
    void devicesThatMatter() {
        world.vm("devices", vm -> {
            vm.disk(GIB);
            vm.nic(world.vmNetwork).model("sriov");
            vm.devices.addAll(List.of("VirtualPCIPassthrough", "VirtualUSB"));
            vm.consolidationNeeded = true;
            vm.latencySensitive = true;
        });
        with(session -> {
            Vm vm = SimulatedSource.vm(session, "devices");
            assertThat(vm.devices()).extracting(d -> d.kind()).contains("pci-passthrough", "usb");
            assertThat(vm.nics().get(0).model()).isEqualTo("sriov");
            assertThat(vm.features())
                    .containsEntry("consolidationNeeded", "true")
                    .containsEntry("latencySensitivity", "high");
        });
    }

    @Test
    void oneVmThatCannotBeReadHindersNoOther() {
        world.vm("good", vm -> vm.disk(GIB));
        world.vm("lost", vm -> {
            vm.connection = "orphaned";
            vm.disk(GIB);
        });
        world.vm("template", vm -> {
            vm.template = true;
            vm.disk(GIB);
        });
        world.vm("gone", vm -> {
            vm.vanishes = true;
            vm.disk(GIB);
        });
        with(session -> {
            List<Described> all = SimulatedSource.all(session);
            assertThat(all)
                    .filteredOn(Described.Full.class::isInstance)
                    .extracting(d -> d.ref().name())
                    .containsExactlyInAnyOrder("good", "template");
            assertThat(SimulatedSource.vm(session, "template").template()).isTrue();
            VmferryException lost =
                    catchThrowableOfType(VmferryException.class, () -> SimulatedSource.vm(session, "lost"));
            assertThat(lost.code()).isEqualTo(VsphereError.VSPHERE_VM_INCOMPLETE);
            assertThat(lost).hasMessageContaining("orphaned");
        });
    }

    @Test
    void aVmThatIsGoneIsACodedError() {
        world.vm("a", vm -> vm.disk(GIB));
        world.vm("b", vm -> vm.disk(GIB));
        with(session -> {
            List<VmRef> refs = SimulatedSource.refs(session);
            synchronized (world) {
                world.delete(world.vm("a"));
            }
            List<Described> described;
            try (java.util.stream.Stream<Described> stream = session.describeAll(refs)) {
                described = stream.toList();
            }
            assertThat(described).extracting(Described::ref).isEqualTo(refs);
            assertThat(described.get(0))
                    .isInstanceOfSatisfying(
                            Described.Failed.class,
                            failed -> assertThat(failed.reason().code()).isEqualTo(VsphereError.VSPHERE_VM_UNKNOWN));
            assertThat(described.get(1)).isInstanceOf(Described.Full.class);
        });
    }

    @Test
    void whatTheAccountMayNotDoIsSaidBefore() {
        world.vm("a", vm -> vm.disk(GIB));
        with(session -> {
            assertThat(SimulatedSource.vm(session, "a").notices()).isEmpty();
            synchronized (world) {
                world.deniedPrivileges.addAll(List.of("VApp.Export", "Datastore.Browse"));
            }
            List<Notice> notices = SimulatedSource.vm(session, "a").notices();
            assertThat(notices).extracting(Notice::code).containsExactly("vsphere.privileges-missing");
            assertThat(notices.get(0).message()).contains("Datastore.Browse, VApp.Export");
        });
    }

    @Test
    void sessionsThatEndInTheMiddleAreNoObstacle() {
        world.vm("a", vm -> vm.disk(GIB));
        with(session -> {
            VmRef ref = SimulatedSource.ref(session, "a");
            requireNonNull(simulator).expireSessions();
            assertThat(session.describe(ref).disks()).hasSize(1);
            requireNonNull(simulator).expireSessions();
            assertThat(SimulatedSource.refs(session)).containsExactly(ref);
        });
    }

    @Test
    void unreadableTagsAreANoticeAndNoFailure() {
        world.newRest = false;
        world.legacyRest = false;
        world.vm("a", vm -> vm.disk(GIB));
        with(session -> {
            Vm vm = SimulatedSource.vm(session, "a");
            assertThat(vm.notices()).extracting(Notice::code).containsExactly("vsphere.not-readable");
            assertThat(vm.notices().get(0).message()).contains("tags");
        });
    }
}
