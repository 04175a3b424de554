package io.vmferry.simulator.vsphere.world;

import java.util.ArrayList;
import java.util.List;

/** A cluster of hosts with its root resource pool and the rules of its scheduler. */
public final class Cluster extends Entity {
    public final Pool pool;
    public final List<Host> hosts = new ArrayList<>();
    /** Distributed resource scheduling is on. */
    public boolean drs = true;
    /** High availability is on. */
    public boolean ha = true;
    /** Mode of processor compatibility; empty off. */
    public String evcMode = "intel-broadwell";

    public final List<Rule> rules = new ArrayList<>();

    /** @param together keep the machines on one host, otherwise apart */
    public record Rule(String name, boolean together, boolean mandatory, List<Vm> vms) {}

    Cluster(World world, String id, Folder parent, String name) {
        super("ClusterComputeResource", id, parent, name);
        pool = new Pool(world.id("resgroup-"), this, "Resources", this);
        world.register(pool);
    }
}
