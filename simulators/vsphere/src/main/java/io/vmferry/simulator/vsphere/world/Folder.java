package io.vmferry.simulator.vsphere.world;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of the inventory; the root folder is one too. */
public final class Folder extends Entity {
    private final Kind kind;
    final List<Entity> children = new ArrayList<>();

    /** What a folder can hold, and what its identifiers begin with. */
    public enum Kind {
        DATACENTERS("group-d", "Datacenter"),
        VMS("group-v", "VirtualMachine"),
        HOSTS("group-h", "ComputeResource"),
        DATASTORES("group-s", "Datastore"),
        NETWORKS("group-n", "Network");

        final String prefix;
        private final String child;

        Kind(String prefix, String child) {
            this.prefix = prefix;
            this.child = child;
        }
    }

    Folder(Kind kind, String id, @Nullable Entity parent, String name) {
        super("Folder", id, parent, name);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Types that may lie here. */
    public List<String> childTypes() {
        return List.of("Folder", kind.child);
    }

    public List<Entity> children() {
        return List.copyOf(children);
    }
}
