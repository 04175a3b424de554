package io.vmferry.simulator.vsphere.world;

import io.vmferry.simulator.vsphere.disk.DiskChain;
import io.vmferry.simulator.vsphere.disk.SeededContent;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.spi.image.ByteSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one simulated vCenter manages. A new world has a datacenter {@code DC0} with a cluster {@code Cluster0} of two
 * hosts, a VMFS 6 datastore {@code datastore1}, a network {@code VM Network} and a distributed port group {@code dv-app} (VLAN 100);
 * more is added as needed. Machines are made by {@link #vm}.
 *
 * <p>Before the simulator starts, a world is set up by one thread. Afterwards everything here and in the objects of the inventory
 * is guarded by this object's monitor: {@code synchronized (world) { ... }}. The content of disks is not.
 *
 * <p>It is long because everything that must agree about identifiers is made here.
 */
public final class World {
    /** Who may log in unless told otherwise. */
    public static final String USER = "administrator@vsphere.local";

    /** Of that user. A simulator guards nothing, so this is no secret. */
    public static final String PASSWORD = "Sim!password1";

    /** Version of the API as in {@code about.apiVersion}. */
    public String apiVersion = "8.0.3.0";

    public String version = "8.0.3";
    public String build = "24322831";
    public final String instanceUuid;
    /** Users and their passwords. */
    public final Map<String, String> users = new LinkedHashMap<>(Map.of(USER, PASSWORD));

    /** Privileges that no user has, for instance {@code VirtualMachine.State.CreateSnapshot}. */
    public final Set<String> deniedPrivileges = new HashSet<>();
    /** How long each task runs. */
    public Duration taskTime = Duration.ZERO;
    /** How long an export lease is being prepared. */
    public Duration leasePreparation = Duration.ZERO;
    /** After how long without progress a lease ends. */
    public Duration leaseTimeout = Duration.ofMinutes(5);
    /** After how long without a call a session ends. */
    public Duration sessionTimeout = Duration.ofMinutes(30);
    /** How long a ticket for one download is good. */
    public Duration ticketLifetime = Duration.ofMinutes(2);
    /** Most areas that one answer about changed blocks holds. */
    public int changedAreasPerCall = 2000;

    /** The vCenter happens to fetch files that a running machine writes from that machine's host; usually it does not. */
    public boolean vcenterReadsLockedFiles;

    /** Tags are served under {@code /api}, as since 7.0 U2. */
    public boolean newRest = true;
    /** Tags are served under {@code /rest}, as in old versions. */
    public boolean legacyRest = true;

    /** So many of the next snapshots fail because the datastore is full. */
    public int snapshotsWithoutSpace;

    public final Folder root;
    public final Datacenter datacenter;
    public final Cluster cluster;
    public final Network vmNetwork;
    public final Switch dvs;
    public final Network dvApp;
    public final Datastore datastore;

    private static final int TASKS_KEPT = 2000;
    private static final int FIRST_ATTRIBUTE = 101;

    private final RandomGenerator random;
    private final SimulatedClock clock = new SimulatedClock();
    private final Map<String, Entity> entities = new LinkedHashMap<>();
    private final Map<String, SimulatedTask> tasks = new LinkedHashMap<>();
    private final List<ExportLease> leases = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Map<String, Integer> attributeKeys = new LinkedHashMap<>();
    private int nextId = 1;
    private int nextMac = 1;

    private record Due(Instant at, Runnable action) {}

    /** @param seed decides all identifiers that are made up */
    public World(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        instanceUuid = uuid();
        root = register(new Folder(Folder.Kind.DATACENTERS, id("group-d"), null, "Datacenters"));
        datacenter = datacenter("DC0", root);
        cluster = register(new Cluster(this, id("domain-c"), datacenter.hosts, "Cluster0"));
        datastore = datastore("datastore1", Datastore.Kind.VMFS6);
        host("esx-1.sim.test");
        host("esx-2.sim.test");
        vmNetwork = network(Network.Kind.STANDARD, "VM Network", null, Network.Vlan.NONE);
        dvs = dvs("dvs-0");
        dvApp = portGroup(dvs, "dv-app", Network.Vlan.of(100));
    }

    public SimulatedClock clock() {
        return clock;
    }

    // Making the inventory.

    /** Adds a datacenter to a folder of datacenters, the root folder for instance. */
    public Datacenter datacenter(String name, Folder parent) {
        return register(new Datacenter(this, id("datacenter-"), parent, name));
    }

    /** Adds a folder below another one of the same kind. */
    public Folder folder(String name, Folder parent) {
        return folder(parent.kind(), parent, name);
    }

    Folder folder(Folder.Kind kind, Entity parent, String name) {
        return register(new Folder(kind, id(kind.prefix), parent, name));
    }

    /** Adds a host to the cluster; it sees all datastores that exist. */
    public Host host(String name) {
        Host host = register(new Host(id("host-"), cluster, name));
        for (Entity entity : entities.values()) {
            if (entity instanceof Datastore store) {
                host.datastores.add(store);
            }
        }
        cluster.hosts.add(host);
        hosts.add(host);
        return host;
    }

    /** Adds a datastore, which all hosts see. */
    public Datastore datastore(String name, Datastore.Kind kind) {
        return datastore(name, kind, datacenter);
    }

    /** Adds a datastore to another datacenter. */
    public Datastore datastore(String name, Datastore.Kind kind, Datacenter in) {
        Datastore store = register(new Datastore(id("datastore-"), in.datastores, name, kind));
        hosts.forEach(host -> host.datastores.add(store));
        return store;
    }

    /** Adds a port group that every host has. */
    public Network network(String name, int vlan) {
        return network(Network.Kind.STANDARD, name, null, Network.Vlan.of(vlan));
    }

    /** Adds a network of NSX. */
    public Network opaqueNetwork(String name) {
        return network(Network.Kind.OPAQUE, name, null, Network.Vlan.NONE);
    }

    public Switch dvs(String name) {
        Switch made = register(new Switch(id("dvs-"), datacenter.networks, name, dvsUuid()));
        portGroup(made, name + "-uplinks", Network.Vlan.trunk(0, 4094)).uplink = true;
        return made;
    }

    public Network portGroup(Switch on, String name, Network.Vlan vlan) {
        Network made = network(Network.Kind.DISTRIBUTED, name, on, vlan);
        on.portGroups.add(made);
        return made;
    }

    private Network network(Network.Kind kind, String name, @Nullable Switch on, Network.Vlan vlan) {
        return register(new Network(kind, id(kind.prefix), datacenter.networks, name, on, vlan));
    }

    public Pool pool(String name) {
        Pool pool = register(new Pool(id("resgroup-"), cluster.pool, name, cluster));
        cluster.pool.children.add(pool);
        return pool;
    }

    /** Adds a machine. */
    public Vm vm(String name, Consumer<VmSpec> setUp) {
        VmSpec spec = new VmSpec();
        setUp.accept(spec);
        Folder folder = spec.folder == null ? datacenter.vms : spec.folder;
        Host host = spec.host == null ? hosts.get(0) : spec.host;
        Pool pool = spec.pool == null ? cluster.pool : spec.pool;
        Datastore home = datastore;
        if (!spec.disks.isEmpty() && spec.disks.get(0).datastore != null) {
            home = spec.disks.get(0).datastore;
        }
        Vm vm = new Vm(this, id("vm-"), folder, name, spec, host, pool, home);
        home.add(vm.fileFolder(), vm);
        Map<String, Integer> used = new LinkedHashMap<>();
        for (DiskSpec disk : spec.disks) {
            Bus bus = Bus.of(disk.controller);
            int unit = bus.unit(used.merge(bus.controllerKey(disk.bus) + "", 1, Integer::sum) - 1);
            vm.disks().add(disk(vm, disk, bus, unit, disk.datastore == null ? home : disk.datastore));
        }
        for (NicSpec nic : spec.nics) {
            if (nic.mac == null) {
                nic.mac = String.format(
                        "00:50:56:%02x:%02x:%02x", 0x80 | nextMac >> 16, nextMac >> 8 & 255, nextMac & 255);
                nextMac++;
            }
        }
        vm.changeTracking(spec.changeTracking);
        if (spec.changeTracking) {
            vm.disks().forEach(disk -> disk.tracked = !disk.spec().independent());
        }
        register(vm);
        host.vms.add(vm);
        pool.vms.add(vm);
        spec.snapshots.forEach(snapshot -> vm.snapshot(snapshot, "", false, false));
        return vm;
    }

    private VmDisk disk(Vm vm, DiskSpec spec, Bus bus, int unit, Datastore store) {
        if (spec.shared != null) {
            VmDisk shared = spec.shared;
            return new VmDisk(
                    spec,
                    bus,
                    unit,
                    shared.datastore(),
                    shared.folder(),
                    shared.stems.get(0),
                    shared.uuid(),
                    shared.chain());
        }
        int number = vm.disks().size();
        String stem = vm.fileFolder() + (number == 0 ? "" : "_" + number);
        VmDisk origin = spec.cloneOf;
        ByteSource base = origin != null
                ? origin.chain().view(0)
                : spec.content != null ? spec.content : new SeededContent(spec.seed, spec.size, spec.filled);
        DiskChain chain = new DiskChain(base, UUID.fromString(uuid()));
        if (origin != null) {
            chain.snapshot();
        }
        if (!store.hasFolder(vm.fileFolder())) {
            store.add(vm.fileFolder(), vm);
        }
        return new VmDisk(spec, bus, unit, store, vm.fileFolder(), stem, diskUuid(), chain);
    }

    /** A folder name for a machine that nobody uses yet; characters that file systems refuse are replaced. */
    String freeFolder(Datastore store, String name) {
        String wished = name.replaceAll("[/\\\\:*?\"<>|%\\p{Cntrl}]", "_");
        String folder = wished;
        for (int i = 1; store.hasFolder(folder); i++) {
            folder = wished + "_" + i;
        }
        return folder;
    }

    /** Deletes a machine. */
    public void delete(Vm vm) {
        vm.snapshots().forEach(this::unregister);
        vm.host().vms.remove(vm);
        vm.pool().vms.remove(vm);
        for (Entity entity : entities.values()) {
            if (entity instanceof Datastore store) {
                store.remove(vm);
            }
        }
        unregister(vm);
        changed();
    }

    // Finding.

    public @Nullable Entity find(String id) {
        Entity entity = entities.get(id);
        return entity == null ? tasks.get(id) : entity;
    }

    public Collection<Entity> entities() {
        return entities.values();
    }

    public List<Host> hosts() {
        return hosts;
    }

    public List<Vm> vms() {
        return entities.values().stream()
                .filter(Vm.class::isInstance)
                .map(Vm.class::cast)
                .toList();
    }

    /** The machine of that name. */
    public Vm vm(String name) {
        return vms().stream()
                .filter(vm -> vm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no machine " + name));
    }

    /** Leases that were given out and not ended. */
    public List<ExportLease> openLeases() {
        tick();
        return leases.stream().filter(ExportLease::open).toList();
    }

    /** Snapshots that exist, of all machines. */
    public List<VmSnapshot> snapshots() {
        return vms().stream().flatMap(vm -> vm.snapshots().stream()).toList();
    }

    // Identifiers.

    String id(String prefix) {
        return prefix + nextId++;
    }

    /** A random uuid of this world. */
    public String uuid() {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000, random.nextLong() & ~(3L << 62) | 1L << 63).toString();
    }

    /** ESXi's disks all begin with the bytes of its vendor. */
    private String diskUuid() {
        return "6000C29" + uuid().substring(7);
    }

    private String dvsUuid() {
        return uuid().replace("-", "").replaceAll("(..)(?=.)", "$1 ").replaceFirst("^(.{23}) ", "$1-");
    }

    <T extends Entity> T register(T entity) {
        entities.put(entity.id(), entity);
        if (entity.parent() instanceof Folder folder) {
            folder.children.add(entity);
            folder.touch();
        }
        changed();
        return entity;
    }

    void unregister(Entity entity) {
        entities.remove(entity.id());
        entity.markRemoved();
        if (entity.parent() instanceof Folder folder) {
            folder.children.remove(entity);
            folder.touch();
        }
        changed();
    }

    /** Number of a custom attribute; a new name gets the next one. */
    public int attributeKey(String attribute) {
        return attributeKeys.computeIfAbsent(attribute, name -> FIRST_ATTRIBUTE + attributeKeys.size());
    }

    // Time.

    /** Does something later, when time has passed and somebody calls. */
    void after(Duration time, Runnable action) {
        if (time.isZero()) {
            action.run();
        } else {
            due.add(new Due(clock.now().plus(time), action));
        }
    }

    /** Lets everything happen that was due by now. */
    public synchronized void tick() {
        Instant now = clock.now();
        while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
            due.remove().action().run();
            changed();
        }
        leases.forEach(lease -> lease.tick(now));
        leases.removeIf(lease -> !lease.open() && !entities.containsKey(lease.id()));
    }

    /** Wakes those who wait for changes. */
    public synchronized void changed() {
        notifyAll();
    }

    // Work.

    /** Starts a task; the work is done when its time has passed, and a fault of it becomes the task's error. */
    public SimulatedTask task(Entity target, String descriptionId, Callable<@Nullable Object> work) {
        SimulatedTask task = new SimulatedTask(id("task-"), target, descriptionId, clock.now());
        tasks.put(task.id(), task);
        if (tasks.size() > TASKS_KEPT) {
            tasks.remove(tasks.keySet().iterator().next());
        }
        after(taskTime, () -> {
            try {
                task.complete(work.call(), null, clock.now());
            } catch (SoapFault fault) {
                task.complete(null, fault, clock.now());
            } catch (Exception e) {
                task.complete(null, new SoapFault("SystemError", "A general system error occurred: " + e), clock.now());
            }
            changed();
        });
        return task;
    }

    /** Gives out a lease for exporting a machine that is off, or a snapshot. */
    public ExportLease export(Vm vm, @Nullable VmSnapshot snapshot) {
        Instant now = clock.now();
        String id = "session[" + uuid() + "]" + uuid();
        ExportLease lease = new ExportLease(id, vm, snapshot, leaseTimeout, uuid(), now, now.plus(leasePreparation));
        lease.tick(now);
        leases.add(lease);
        register(lease);
        return lease;
    }

    /** The lease that a disk address belongs to. */
    public @Nullable ExportLease lease(String token) {
        tick();
        return leases.stream()
                .filter(lease -> lease.token.equals(token))
                .findFirst()
                .orElse(null);
    }
}
