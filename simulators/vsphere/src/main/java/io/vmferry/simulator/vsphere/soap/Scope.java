package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint shows of the world, and how it calls it: a vCenter everything, a host itself and its machines under names
 * of its own. Its methods need the world's lock.
 */
public interface Scope {
    World world();

    /** The host that this endpoint is; null for a vCenter. */
    @Nullable
    Host host();

    MoRef ref(Entity entity);

    /** The object that a reference of this endpoint names; null when it does not exist or is not seen here. */
    @Nullable
    Entity find(MoRef ref);

    /** Parent of an object in this endpoint's tree; null for the root. */
    @Nullable
    Entity parent(Entity entity);

    /** What lies in a folder, or below another kind of container. */
    List<Entity> children(Entity container);

    /** References to those of the objects that are seen here. */
    default List<MoRef> refs(List<? extends Entity> entities) {
        return entities.stream().filter(this::sees).map(this::ref).toList();
    }

    boolean sees(Entity entity);

    default @Nullable MoRef refOrNull(@Nullable Entity entity) {
        return entity == null ? null : ref(entity);
    }
}
