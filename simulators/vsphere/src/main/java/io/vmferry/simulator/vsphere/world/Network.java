package io.vmferry.simulator.vsphere.world;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A port group of hosts, a distributed port group, or a network that NSX owns. */
public final class Network extends Entity {
    private final Kind kind;
    private final @Nullable Switch dvs;
    private final Vlan vlan;
    /** The port group through which the switch reaches the outside; no machine belongs there. */
    public boolean uplink;

    /** Whose network it is. */
    public enum Kind {
        STANDARD("Network", "network-"),
        DISTRIBUTED("DistributedVirtualPortgroup", "dvportgroup-"),
        OPAQUE("OpaqueNetwork", "network-o");

        final String type;
        final String prefix;

        Kind(String type, String prefix) {
            this.type = type;
            this.prefix = prefix;
        }
    }

    /**
     * @param id 0 none; for a private VLAN its own number
     * @param last end of a trunk's range; equal to the id where there is no trunk
     */
    public record Vlan(int id, int last, boolean isPrivate) {
        public static final Vlan NONE = of(0);

        public static Vlan of(int id) {
            return new Vlan(id, id, false);
        }

        public static Vlan trunk(int first, int last) {
            return new Vlan(first, last, false);
        }

        public boolean trunk() {
            return last > id;
        }
    }

    Network(Kind kind, String id, Folder parent, String name, @Nullable Switch dvs, Vlan vlan) {
        super(kind.type, id, parent, name);
        this.kind = kind;
        this.dvs = dvs;
        this.vlan = vlan;
    }

    public Kind kind() {
        return kind;
    }

    /** The distributed switch; null for the other kinds. */
    public @Nullable Switch dvs() {
        return dvs;
    }

    public Vlan vlan() {
        return vlan;
    }

    /** What NSX calls it. */
    public String opaqueId() {
        return new UUID(name().hashCode(), id().hashCode()).toString();
    }
}
