package io.vmferry.simulator.vsphere.world;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A virtual machine. Guarded by the world's lock, except the content of its disks. */
public final class Vm extends Entity {
    final World world;
    private final VmSpec spec;
    private final Host host;
    private final Pool pool;
    private final Datastore home;
    private final String fileFolder;
    private final String biosUuid;
    private final String instanceUuid;
    final List<VmSnapshot> snapshots = new ArrayList<>();
    private final List<VmDisk> disks = new ArrayList<>();
    private final List<String> powerHistory = new ArrayList<>();
    private boolean poweredOn;
    private Instant bootTime;
    /** Number of the last delta; a linked clone begins with the first one. */
    private int deltas = 1;

    private int snapshotNumber;
    /** Leases that keep the machine as it is. */
    int exports;

    Vm(World world, String id, Folder folder, String name, VmSpec spec, Host host, Pool pool, Datastore home) {
        super("VirtualMachine", id, folder, name);
        this.world = world;
        this.spec = spec;
        this.host = host;
        this.pool = pool;
        this.home = home;
        this.fileFolder = world.freeFolder(home, name);
        this.biosUuid = spec.biosUuid == null ? world.uuid() : spec.biosUuid;
        this.instanceUuid = spec.instanceUuid == null ? world.uuid() : spec.instanceUuid;
        this.poweredOn = spec.poweredOn;
        this.bootTime = world.clock().now();
        attributes.putAll(spec.attributes);
        tags.addAll(spec.tags);
    }

    public VmSpec spec() {
        return spec;
    }

    public Host host() {
        return host;
    }

    public Pool pool() {
        return pool;
    }

    /** The datastore of its configuration. */
    public Datastore home() {
        return home;
    }

    /** Folder on the datastores that holds its files. */
    public String fileFolder() {
        return fileFolder;
    }

    /** {@code [datastore1] web/web.vmx}. */
    public String vmxName() {
        return "[" + home.name() + "] " + fileFolder + "/" + fileFolder + ".vmx";
    }

    public String biosUuid() {
        return biosUuid;
    }

    public String instanceUuid() {
        return instanceUuid;
    }

    public List<VmDisk> disks() {
        return disks;
    }

    public List<VmSnapshot> snapshots() {
        return List.copyOf(snapshots);
    }

    public boolean poweredOn() {
        return poweredOn;
    }

    /** {@code poweredOn}, {@code poweredOff} or {@code suspended}. */
    public String powerState() {
        return poweredOn ? "poweredOn" : spec.suspended ? "suspended" : "poweredOff";
    }

    /** When it was powered on last. */
    public Instant bootTime() {
        return bootTime;
    }

    public boolean toolsRunning() {
        return poweredOn && spec.tools;
    }

    /** What was done to the power, oldest first: {@code powerOn}, {@code powerOff}, {@code shutdownGuest}, {@code off}. */
    public List<String> powerHistory() {
        return List.copyOf(powerHistory);
    }

    /** Somebody holds a lease on it. */
    public boolean exporting() {
        return exports > 0;
    }

    public void powerOn() {
        require(!poweredOn, "poweredOff");
        if (exports > 0) {
            throw new SoapFault("InvalidState", "The operation is not allowed in the current state.");
        }
        powerHistory.add("powerOn");
        poweredOn = true;
        spec.suspended = false;
        bootTime = world.clock().now();
        // Like a stun, starting the machine makes tracking begin that was asked for.
        changeTracking(spec.changeTracking, true);
        touch();
    }

    public void powerOff() {
        require(poweredOn, "poweredOn");
        powerHistory.add("powerOff");
        poweredOn = false;
        touch();
    }

    /** Asks the guest, which does it in its own time or not at all. */
    public void shutdownGuest() {
        require(poweredOn, "poweredOn");
        if (!spec.tools) {
            throw new SoapFault(
                    "ToolsUnavailable",
                    "Cannot complete operation because VMware Tools is not running in this virtual machine.");
        }
        powerHistory.add("shutdownGuest");
        Duration time = spec.shutdown;
        if (time != null) {
            world.after(time, () -> {
                if (poweredOn) {
                    powerHistory.add("off");
                    poweredOn = false;
                    touch();
                }
            });
        }
    }

    private void require(boolean fits, String wanted) {
        if (!fits) {
            String now = powerState();
            throw new SoapFault(
                    Data.of("InvalidPowerState").set("requestedState", wanted).set("existingState", now),
                    "The attempted operation cannot be performed in the current state (Powered "
                            + (poweredOn ? "on" : "off") + ").");
        }
    }

    /** Takes a snapshot; independent disks have no part in it. */
    public VmSnapshot snapshot(String name, String description, boolean quiesce, boolean memory) {
        for (VmDisk disk : disks) {
            if (disk.spec().multiWriter || "physicalMode".equals(disk.spec().rdm)) {
                throw new SoapFault(
                        Data.of("SnapshotFault"),
                        "Cannot take a snapshot of a virtual machine with shared disks or raw devices in physical mode.");
            }
        }
        if (snapshots.isEmpty() && disks.stream().noneMatch(VmDisk::linkedClone)) {
            deltas = 0;
        }
        deltas++;
        for (VmDisk disk : disks) {
            if (!disk.spec().independent()) {
                String mark = disk.chain().snapshot();
                disk.changeIds.add(disk.tracked ? mark : "");
                disk.addDelta(deltas);
                // Tracking that was asked for begins with the first stun.
                disk.tracked = spec.changeTracking;
            }
        }
        VmSnapshot snapshot = new VmSnapshot(
                this, world.id("snapshot-"), name, description, ++snapshotNumber, quiesce, memory && poweredOn);
        snapshots.add(snapshot);
        world.register(snapshot);
        touch();
        return snapshot;
    }

    /** Removes a snapshot; what was written since goes into the layer that it had frozen. */
    public void remove(VmSnapshot snapshot) {
        int index = snapshots.indexOf(snapshot);
        if (index < 0) {
            throw SoapFault.notFound(new MoRef(snapshot.type(), snapshot.id()));
        }
        for (VmDisk disk : disks) {
            if (!disk.spec().independent()) {
                int layer = index + (disk.linkedClone() ? 1 : 0);
                disk.chain().consolidate(layer);
                disk.stems.remove(layer + 1);
                disk.changeIds.remove(index);
            }
        }
        snapshots.remove(index);
        world.unregister(snapshot);
        touch();
    }

    /** The layer of a disk that a snapshot froze. */
    public int frozenLayer(VmDisk disk, VmSnapshot snapshot) {
        return disk.spec().independent() ? 0 : snapshot.index() + (disk.linkedClone() ? 1 : 0);
    }

    /** Changed block tracking is asked for or no longer wanted; it takes effect at the next snapshot or power on. */
    public void changeTracking(boolean on) {
        changeTracking(on, !poweredOn);
    }

    private void changeTracking(boolean on, boolean now) {
        spec.changeTracking = on;
        for (VmDisk disk : disks) {
            disk.tracked = on && (disk.tracked || now && !disk.spec().independent());
        }
        touch();
    }

    /** The disk and layer that a path on a datastore belongs to. */
    public @Nullable Layered find(Datastore store, String path) {
        for (VmDisk disk : disks) {
            int layer = disk.datastore() == store ? disk.layerOf(path) : -1;
            if (layer >= 0) {
                return new Layered(disk, layer);
            }
        }
        return null;
    }

    /** A file of a disk. */
    public record Layered(VmDisk disk, int layer) {
        /** The guest writes this file while the machine runs. */
        public boolean current() {
            return layer == disk.layers() - 1;
        }
    }
}
