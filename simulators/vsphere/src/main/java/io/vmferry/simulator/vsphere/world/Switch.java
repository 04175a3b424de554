package io.vmferry.simulator.vsphere.world;

import java.util.ArrayList;
import java.util.List;

/** A distributed virtual switch. */
public final class Switch extends Entity {
    public final String uuid;
    public final List<Network> portGroups = new ArrayList<>();
    public int mtu = 1500;

    Switch(String id, Folder parent, String name, String uuid) {
        super("VmwareDistributedVirtualSwitch", id, parent, name);
        this.uuid = uuid;
    }
}
