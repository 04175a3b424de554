package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Cluster;
import io.vmferry.simulator.vsphere.world.Datacenter;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.Folder;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.Pool;
import io.vmferry.simulator.vsphere.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vCenter shows everything by its own identifiers. */
record VcenterScope(World world) implements Scope {
    @Override
    public @Nullable Host host() {
        return null;
    }

    @Override
    public MoRef ref(Entity entity) {
        return new MoRef(entity.type(), entity.id());
    }

    @Override
    public @Nullable Entity find(MoRef ref) {
        return world.find(ref.id());
    }

    @Override
    public @Nullable Entity parent(Entity entity) {
        return entity.parent();
    }

    @Override
    public List<Entity> children(Entity container) {
        if (container instanceof Folder folder) {
            return folder.children();
        }
        if (container instanceof Datacenter datacenter) {
            return List.of(datacenter.vms, datacenter.hosts, datacenter.datastores, datacenter.networks);
        }
        if (container instanceof Cluster cluster) {
            List<Entity> below = new ArrayList<>(cluster.hosts);
            below.add(cluster.pool);
            return below;
        }
        if (container instanceof Pool pool) {
            return List.copyOf(pool.children);
        }
        return List.of();
    }

    @Override
    public boolean sees(Entity entity) {
        return !entity.removed();
    }
}
