package io.vmferry.simulator.vsphere.world;

import java.util.ArrayList;
import java.util.List;

/** An ESXi host. Where it listens is known once the simulator runs. */
public final class Host extends Entity {
    public final Cluster cluster;
    public final List<Datastore> datastores = new ArrayList<>();
    public final List<Vm> vms = new ArrayList<>();
    public String version = "8.0.3";
    public String build = "24022510";
    public boolean inMaintenance;
    /** {@code connected}, {@code disconnected} or {@code notResponding}. */
    public String connection = "connected";
    /** Address of the management interface. */
    public String address = "127.0.0.1";
    /** Port of its web services, set when the simulator starts. */
    public int port = 443;
    /** SHA-1 of its certificate as vCenter stores it: upper-case pairs with colons. */
    public String thumbprint = "";

    Host(String id, Cluster cluster, String name) {
        super("HostSystem", id, cluster, name);
        this.cluster = cluster;
    }
}
