package io.vmferry.simulator.vsphere;

import io.vmferry.simulator.vsphere.world.Cluster;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.DiskSpec;
import io.vmferry.simulator.vsphere.world.Folder;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.NicSpec;
import io.vmferry.simulator.vsphere.world.Pool;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmSpec;
import io.vmferry.simulator.vsphere.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A fleet of any size in the shapes that real vCenters have: most machines are plain, one in a few dozen has something that a
 * migration must notice. The same seed gives the same fleet.
 */
public final class Fleet {
    private static final long GIB = 1L << 30;
    private static final int KINDS = 40;
    private static final List<String> ROLES =
            List.of("web", "app", "db", "cache", "mq", "build", "mail", "report", "vpn", "数据库");
    private static final List<String> SYSTEMS = List.of(
            "debian12_64Guest=Debian GNU/Linux 12 (64-bit)",
            "ubuntu64Guest=Ubuntu Linux (64-bit)",
            "rhel9_64Guest=Red Hat Enterprise Linux 9 (64-bit)",
            "windows2019srvNext_64Guest=Microsoft Windows Server 2022 (64-bit)",
            "windows9Server64Guest=Microsoft Windows Server 2016 (64-bit)",
            "centos7_64Guest=CentOS 7 (64-bit)",
            "other3xLinux64Guest=Other 3.x Linux (64-bit)");

    private final World world;
    private final RandomGenerator random;
    private final List<Folder> folders = new ArrayList<>();
    private final List<Network> networks = new ArrayList<>();
    private final List<Datastore> stores = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private final Datastore vsan;

    private Fleet(long seed, int hosts) {
        world = new World(seed);
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Folder vms = world.datacenter.vms;
        folders.add(vms);
        Folder production = world.folder("Production", vms);
        folders.add(production);
        folders.add(world.folder("Finance/Audit", production));
        folders.add(world.folder("50% test", vms));
        folders.add(world.folder("生产环境", vms));
        folders.add(world.folder("Ärzte & Büro", vms));
        networks.addAll(List.of(
                world.vmNetwork,
                world.dvApp,
                world.network("VLAN 20 / DMZ", 20),
                world.portGroup(world.dvs, "dv-db", Network.Vlan.of(200)),
                world.portGroup(world.dvs, "dv-trunk", Network.Vlan.trunk(100, 199)),
                world.portGroup(world.dvs, "dv-private", new Network.Vlan(301, 301, true)),
                world.opaqueNetwork("nsx-segment-1")));
        stores.addAll(List.of(
                world.datastore,
                world.datastore("ssd 01", Datastore.Kind.VMFS6),
                world.datastore("old-vmfs5", Datastore.Kind.VMFS5),
                world.datastore("nfs-归档", Datastore.Kind.NFS)));
        vsan = world.datastore("vsanDatastore", Datastore.Kind.VSAN);
        pools.addAll(List.of(world.cluster.pool, world.pool("gold"), world.pool("silver")));
        for (int i = 2; i < hosts; i++) {
            world.host("esx-" + (i + 1) + ".sim.test");
        }
    }

    /** A world with so many machines. Every host is a server once it runs, so there are few: two, or up to eight. */
    public static World seeded(long seed, int machines) {
        Fleet fleet = new Fleet(seed, Math.max(2, Math.min(8, machines / 500)));
        for (int i = 0; i < machines; i++) {
            fleet.add(i);
        }
        fleet.rules();
        return fleet.world;
    }

    /** Machines that belong together or apart. */
    private void rules() {
        List<Vm> vms = world.vms();
        if (vms.size() >= 30) {
            world.cluster.rules.add(new Cluster.Rule("keep together", true, false, vms.subList(26, 28)));
            world.cluster.rules.add(new Cluster.Rule("keep apart", false, true, vms.subList(28, 30)));
        }
    }

    private void add(int number) {
        String role = ROLES.get(random.nextInt(ROLES.size()));
        // Some people put a slash into names; on the wire it is escaped.
        String separator = number % KINDS == 24 ? "/" : "-";
        world.vm(role + separator + String.format("%05d", number), vm -> {
            plain(vm, role, number);
            peculiarity(vm, number % KINDS);
        });
    }

    private void plain(VmSpec vm, String role, int number) {
        List<Host> hosts = world.hosts();
        vm.host = hosts.get(random.nextInt(hosts.size()));
        vm.folder = folders.get(random.nextInt(folders.size()));
        vm.pool = pools.get(random.nextInt(pools.size()));
        String[] system = SYSTEMS.get(random.nextInt(SYSTEMS.size())).split("=");
        vm.guestId = system[0];
        vm.guestFullName = system[1];
        vm.cpus = 1 << random.nextInt(5);
        vm.coresPerSocket = random.nextBoolean() ? 1 : vm.cpus;
        vm.memoryMb = 1024 << random.nextInt(6);
        vm.poweredOn = random.nextInt(5) != 0;
        vm.tools = random.nextInt(10) != 0;
        vm.hostName = "host-" + number + ".sim.test";
        vm.firmware = random.nextInt(3) == 0 ? "efi" : "bios";
        vm.changeTracking = random.nextInt(4) == 0;
        vm.tags.add("environment/" + (random.nextBoolean() ? "production" : "test"));
        vm.tags.add("role/" + role);
        if (random.nextBoolean()) {
            vm.attributes.put("owner", "team " + (char) ('a' + random.nextInt(6)));
        }
        int disks = 1 + random.nextInt(3);
        Datastore store = stores.get(random.nextInt(stores.size()));
        for (int i = 0; i < disks; i++) {
            DiskSpec disk = vm.disk((8L << random.nextInt(5)) * GIB)
                    .seed(number * 16L + i)
                    .filled(0.05 + random.nextInt(60) / 100.0);
            disk.datastore = store;
            disk.thin = random.nextInt(3) != 0;
        }
        NicSpec nic = vm.nic(networks.get(random.nextInt(networks.size())))
                .address("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255) + "/16")
                .gateway("10." + (number >> 16) + ".255.254")
                .dns("10.0.255.53");
        nic.dhcp = random.nextInt(4) == 0;
        if (random.nextInt(5) == 0) {
            vm.nic(networks.get(random.nextInt(networks.size()))).model("e1000e");
        }
    }

    /** What one machine in forty has each. */
    private void peculiarity(VmSpec vm, int kind) {
        DiskSpec disk = vm.disks.get(0);
        switch (kind) {
            case 0 -> {
                vm.template = true;
                vm.poweredOn = false;
            }
            case 1 -> lost(vm, "orphaned");
            case 2 -> cloneOf(disk);
            case 3 -> disk.rdm = "physicalMode";
            case 4 -> disk.rdm = "virtualMode";
            case 5 -> disk.multiWriter = true;
            case 6 -> vm.disks.forEach(each -> each.controller = "nvme");
            case 7 -> {
                vm.firmware = "efi";
                vm.tpm = true;
            }
            case 8 -> vm.encrypted = true;
            case 9 -> vm.biosUuid = "421a0000-0000-4000-8000-00000000dead";
            case 10 -> vm.disks.forEach(each -> each.datastore = vsan);
            case 11 -> vm.snapshots.add("before patch");
            case 12 -> vm.snapshots.addAll(List.of("a", "b", "c"));
            case 13 -> disk.mode = "independent_persistent";
            case 14 -> vm.devices.add("VirtualPCIPassthrough");
            case 15 -> vm.devices.addAll(List.of("VirtualUSBXHCIController", "VirtualUSB"));
            case 16 -> {
                vm.firmware = "efi";
                vm.secureBoot = true;
            }
            case 17 -> vm.consolidationNeeded = true;
            case 18 -> vm.shutdown = null;
            case 19 -> vm.nics.get(0).model = "sriov";
            case 20 -> vm.disks.forEach(each -> each.controller = "lsisas");
            case 21 -> vm.annotation = "First line\nsecond <line> & \"more\"";
            case 22 -> lost(vm, "inaccessible");
            case 23 -> vm.hostName = "localhost";
            case 25 -> {
                vm.poweredOn = false;
                vm.suspended = true;
            }
            default -> {
                // The rest is plain.
            }
        }
    }

    private static void lost(VmSpec vm, String connection) {
        vm.connection = connection;
        vm.poweredOn = false;
    }

    /** A linked clone of the first disk of some machine that has no part of another one itself. */
    private void cloneOf(DiskSpec disk) {
        for (Vm vm : world.vms()) {
            if (vm.disks().get(0).spec().rdm == null && !vm.disks().get(0).linkedClone()) {
                disk.cloneOf = vm.disks().get(0);
                disk.datastore = vm.disks().get(0).datastore();
                return;
            }
        }
    }
}
