package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Cluster;
import io.vmferry.simulator.vsphere.world.Datacenter;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.Folder;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.Pool;
import io.vmferry.simulator.vsphere.world.Switch;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import io.vmferry.simulator.vsphere.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host shows a tree that looks the same everywhere ({@code ha-folder-root}, {@code ha-datacenter}, …), its own machines by
 * numbers and their snapshots by numbers of the machine: identifiers of a vCenter mean nothing here.
 */
record HostScope(World world, Host host) implements Scope {
    @Override
    public MoRef ref(Entity entity) {
        return new MoRef(entity instanceof Cluster ? "ComputeResource" : entity.type(), id(entity));
    }

    private String id(Entity entity) {
        Datacenter dc = world.datacenter;
        if (entity instanceof Vm vm) {
            return number(vm);
        }
        if (entity instanceof VmSnapshot snapshot) {
            return number(snapshot.vm) + "-snapshot-" + snapshot.number;
        }
        if (entity instanceof Network) {
            return "HaNetwork-" + entity.name();
        }
        if (entity instanceof Datastore store) {
            return store.url().replace("ds:///vmfs/volumes/", "").replace("/", "");
        }
        if (entity == world.root) {
            return "ha-folder-root";
        }
        if (entity instanceof Folder) {
            return entity == dc.vms
                    ? "ha-folder-vm"
                    : entity == dc.hosts
                            ? "ha-folder-host"
                            : entity == dc.datastores ? "ha-folder-datastore" : "ha-folder-network";
        }
        return entity instanceof Datacenter
                ? "ha-datacenter"
                : entity instanceof Cluster
                        ? "ha-compute-res"
                        : entity instanceof Pool ? "ha-root-pool" : entity instanceof Host ? "ha-host" : entity.id();
    }

    private static String number(Vm vm) {
        return vm.id().replace("vm-", "");
    }

    @Override
    public @Nullable Entity find(MoRef ref) {
        Entity direct = world.find(ref.id());
        if (direct != null && sees(direct) && ref(direct).id().equals(ref.id())) {
            return direct;
        }
        if (ref.type().equals("VirtualMachine")) {
            Entity vm = world.find("vm-" + ref.id());
            return vm != null && sees(vm) ? vm : null;
        }
        for (Entity entity : world.entities()) {
            if (sees(entity) && ref(entity).equals(ref)) {
                return entity;
            }
        }
        return null;
    }

    @Override
    public @Nullable Entity parent(Entity entity) {
        if (entity instanceof Vm) {
            return world.datacenter.vms;
        }
        return entity == world.datacenter ? world.root : entity.parent();
    }

    @Override
    public List<Entity> children(Entity container) {
        Datacenter dc = world.datacenter;
        if (container == world.root) {
            return List.of(dc);
        }
        if (container == dc) {
            return List.of(dc.vms, dc.hosts, dc.datastores, dc.networks);
        }
        if (container == dc.vms) {
            return List.copyOf(host.vms);
        }
        if (container == dc.hosts) {
            return List.of(host.cluster);
        }
        if (container == dc.datastores) {
            return List.copyOf(host.datastores);
        }
        if (container == dc.networks) {
            List<Entity> networks = new ArrayList<>(dc.networks.children());
            networks.removeIf(each -> !sees(each));
            return networks;
        }
        return container instanceof Cluster cluster ? List.of(host, cluster.pool) : List.of();
    }

    @Override
    public boolean sees(Entity entity) {
        if (entity.removed()) {
            return false;
        }
        if (entity instanceof Vm vm) {
            return vm.host() == host;
        }
        if (entity instanceof VmSnapshot snapshot) {
            return snapshot.vm.host() == host;
        }
        if (entity instanceof Host) {
            return entity == host;
        }
        if (entity instanceof Datastore store) {
            return host.datastores.contains(store);
        }
        if (entity instanceof Switch) {
            return false;
        }
        if (entity instanceof Network network) {
            return network.kind() == Network.Kind.STANDARD;
        }
        Datacenter dc = world.datacenter;
        return !(entity instanceof Folder || entity instanceof Datacenter || entity instanceof Pool)
                || List.of(world.root, dc, dc.vms, dc.hosts, dc.datastores, dc.networks, host.cluster.pool)
                        .contains(entity);
    }
}
