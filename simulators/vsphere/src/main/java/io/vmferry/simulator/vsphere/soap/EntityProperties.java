package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.world.Cluster;
import io.vmferry.simulator.vsphere.world.Datacenter;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.ExportLease;
import io.vmferry.simulator.vsphere.world.Folder;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.Pool;
import io.vmferry.simulator.vsphere.world.SimulatedTask;
import io.vmferry.simulator.vsphere.world.Switch;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of everything in the inventory; those that all entities have are here. */
final class EntityProperties {
    private EntityProperties() {}

    static @Nullable Object get(Entity entity, String name, Scope scope) {
        switch (name) {
            case "name" -> {
                return entity.wireName();
            }
            case "parent" -> {
                return scope.refOrNull(scope.parent(entity));
            }
            case "customValue", "value" -> {
                return customValues(entity, scope);
            }
            case "availableField" -> {
                return ServiceProperties.customFields(scope);
            }
            case "overallStatus", "configStatus" -> {
                return "green";
            }
            case "effectiveRole" -> {
                return List.of(-1);
            }
            case "alarmActionsEnabled" -> {
                return true;
            }
            default -> {
                return own(entity, name, scope);
            }
        }
    }

    private static @Nullable Object own(Entity entity, String name, Scope scope) {
        if (entity instanceof Vm vm) {
            return VmProperties.get(vm, name, scope);
        }
        if (entity instanceof VmSnapshot snapshot) {
            return VmProperties.get(snapshot, name, scope);
        }
        if (entity instanceof SimulatedTask task) {
            return WorkProperties.get(task, name, scope);
        }
        if (entity instanceof ExportLease lease) {
            return WorkProperties.get(lease, name, scope);
        }
        if (entity instanceof Host host) {
            return HostProperties.get(host, name, scope);
        }
        if (entity instanceof Datastore store) {
            return StorageProperties.get(store, name, scope);
        }
        if (entity instanceof Network network) {
            return NetworkProperties.get(network, name, scope);
        }
        if (entity instanceof Switch dvs) {
            return NetworkProperties.get(dvs, name, scope);
        }
        if (entity instanceof Cluster cluster) {
            return ComputeProperties.get(cluster, name, scope);
        }
        if (entity instanceof Pool pool) {
            return ComputeProperties.get(pool, name, scope);
        }
        if (entity instanceof Folder folder) {
            return switch (name) {
                case "childType" -> folder.childTypes();
                case "childEntity" -> scope.refs(scope.children(folder));
                default -> null;
            };
        }
        return entity instanceof Datacenter datacenter ? datacenter(datacenter, name, scope) : null;
    }

    private static @Nullable Object datacenter(Datacenter datacenter, String name, Scope scope) {
        return switch (name) {
            case "vmFolder" -> scope.ref(datacenter.vms);
            case "hostFolder" -> scope.ref(datacenter.hosts);
            case "datastoreFolder" -> scope.ref(datacenter.datastores);
            case "networkFolder" -> scope.ref(datacenter.networks);
            case "datastore" -> scope.refs(scope.children(datacenter.datastores));
            case "network" ->
                scope.refs(scope.children(datacenter.networks).stream()
                        .filter(Network.class::isInstance)
                        .toList());
            default -> null;
        };
    }

    static List<Data> customValues(Entity entity, Scope scope) {
        List<Data> values = new ArrayList<>();
        entity.attributes.forEach((attribute, value) -> values.add(Data.of("CustomFieldStringValue")
                .set("key", ServiceProperties.fieldKey(attribute, scope))
                .set("value", value)));
        return values;
    }
}
