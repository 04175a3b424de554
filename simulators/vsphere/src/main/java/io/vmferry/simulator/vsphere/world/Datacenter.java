package io.vmferry.simulator.vsphere.world;

/** A datacenter with its four folders. */
public final class Datacenter extends Entity {
    public final Folder vms;
    public final Folder hosts;
    public final Folder datastores;
    public final Folder networks;

    Datacenter(World world, String id, Folder parent, String name) {
        super("Datacenter", id, parent, name);
        vms = world.folder(Folder.Kind.VMS, this, "vm");
        hosts = world.folder(Folder.Kind.HOSTS, this, "host");
        datastores = world.folder(Folder.Kind.DATASTORES, this, "datastore");
        networks = world.folder(Folder.Kind.NETWORKS, this, "network");
    }
}
