package io.vmferry.simulator.vsphere.world;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something in the inventory with a name and a place. The name is as people see it; on the wire, slashes, backslashes and per
 * cent signs are escaped, as vCenter does. Guarded by the world's lock.
 */
public abstract class Entity {
    private final String type;
    private final String id;
    private final @Nullable Entity parent;
    private String name;
    private long revision;
    private boolean removed;
    /** Custom attributes, by name. */
    public final Map<String, String> attributes = new TreeMap<>();
    /** Tags as {@code category/tag}. */
    public final Set<String> tags = new TreeSet<>();
    /** A logged-in user may not see this object. */
    public boolean hidden;

    Entity(String type, String id, @Nullable Entity parent, String name) {
        this.type = type;
        this.id = id;
        this.parent = parent;
        this.name = name;
    }

    /** Type of the managed object in vim25. */
    public final String type() {
        return type;
    }

    /** Identifier at the vCenter. */
    public final String id() {
        return id;
    }

    public final @Nullable Entity parent() {
        return parent;
    }

    public final String name() {
        return name;
    }

    /** The name as it stands in the property {@code name} and in inventory paths. */
    public final String wireName() {
        return name.replace("%", "%25").replace("/", "%2f").replace("\\", "%5c");
    }

    /** Path from the root folder's children on, as {@code dcPath} has it for a datacenter. */
    public final String path() {
        return parent == null || parent.parent == null ? wireName() : parent.path() + "/" + wireName();
    }

    public final void rename(String next) {
        name = next;
        touch();
    }

    /** Counts changes, for those who wait for them. */
    public final long revision() {
        return revision;
    }

    public final void touch() {
        revision++;
    }

    public final boolean removed() {
        return removed;
    }

    final void markRemoved() {
        removed = true;
        touch();
    }
}
