package io.vmferry.simulator.vsphere.world;

import java.util.ArrayList;
import java.util.List;

/** A resource pool. */
public final class Pool extends Entity {
    public final Cluster cluster;
    public final List<Pool> children = new ArrayList<>();
    public final List<Vm> vms = new ArrayList<>();

    Pool(String id, Entity parent, String name, Cluster cluster) {
        super("ResourcePool", id, parent, name);
        this.cluster = cluster;
    }
}
