package io.vmferry.simulator.vsphere.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a machine is like. Set up before it is added to the world; afterwards guarded by the world's lock. */
public final class VmSpec {
    public @Nullable Folder folder;
    public @Nullable Host host;
    public @Nullable Pool pool;
    public @Nullable String biosUuid;
    public @Nullable String instanceUuid;
    public String annotation = "";
    public boolean template;

    public int cpus = 2;
    public int coresPerSocket = 1;
    public int memoryMb = 4096;
    /** {@code bios} or {@code efi}. */
    public String firmware = "bios";

    public boolean secureBoot;
    public boolean tpm;
    public boolean encrypted;
    public boolean changeTracking;
    public String hardwareVersion = "vmx-19";
    public String guestId = "debian12_64Guest";
    public String guestFullName = "Debian GNU/Linux 12 (64-bit)";
    public boolean cpuHotAdd;
    public boolean memoryHotAdd;
    public boolean latencySensitive;

    public boolean poweredOn;
    /** Its memory lies in a file; it is not on. */
    public boolean suspended;
    /** {@code connected}, {@code disconnected}, {@code orphaned}, {@code inaccessible} or {@code invalid}. */
    public String connection = "connected";

    public boolean consolidationNeeded;
    /** VMware Tools are installed and run whenever the machine does. */
    public boolean tools = true;

    public @Nullable String hostName;
    /** How long the guest takes to shut down; null: it ignores the request. */
    public @Nullable Duration shutdown = Duration.ZERO;
    /** The machine is deleted as soon as someone has begun to list the inventory. */
    public boolean vanishes;

    public final List<DiskSpec> disks = new ArrayList<>();
    public final List<NicSpec> nics = new ArrayList<>();
    public final Map<String, String> extraConfig = new LinkedHashMap<>();
    /** Further devices by their type in the API: {@code VirtualUSB}, {@code VirtualPCIPassthrough}, … */
    public final List<String> devices = new ArrayList<>();
    /** Custom attributes. */
    public final Map<String, String> attributes = new LinkedHashMap<>();
    /** Tags as {@code category/tag}. */
    public final List<String> tags = new ArrayList<>();
    /** Names of snapshots taken when the machine is added, the first one first. */
    public final List<String> snapshots = new ArrayList<>();

    VmSpec() {}

    /** @param size bytes */
    public DiskSpec disk(long size) {
        DiskSpec disk = new DiskSpec(size);
        disk.seed = disks.size() + 1L;
        disks.add(disk);
        return disk;
    }

    public NicSpec nic(Network network) {
        NicSpec nic = new NicSpec(network);
        nics.add(nic);
        return nic;
    }
}
