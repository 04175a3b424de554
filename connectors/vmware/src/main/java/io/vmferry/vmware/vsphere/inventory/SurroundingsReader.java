package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Notice;
import io.vmferry.vmware.vsphere.client.ManagedObject;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.RestSession;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is around the VMs. A part that the account may not read is left out and said so; it never fails the inventory. One
 * use.
 */
final class SurroundingsReader {
    private final VimConnection connection;
    private final List<Notice> problems = new ArrayList<>();

    SurroundingsReader(VimConnection connection) {
        this.connection = connection;
    }

    Surroundings read() {
        Map<Moref, Container> containers = new LinkedHashMap<>();
        List<String> named = List.of("name", "parent");
        for (String type : List.of("Folder", "Datacenter", "ResourcePool")) {
            containers.putAll(all(type, named, Surroundings::container));
        }
        return new Surroundings(
                containers,
                all("ComputeResource", ClusterFacts.PATHS, ClusterFacts::of),
                all("HostSystem", HostFacts.PATHS, HostFacts::of),
                all("Datastore", DatastoreFacts.PATHS, DatastoreFacts::of),
                networks(),
                customFields(),
                tags(),
                List.copyOf(problems));
    }

    private Map<Moref, NetworkFacts> networks() {
        Map<Moref, NetworkFacts> networks =
                new LinkedHashMap<>(all("Network", NetworkFacts.PATHS, NetworkFacts::standard));
        if (networks.keySet().stream().anyMatch(n -> n.type().equals("OpaqueNetwork"))) {
            networks.putAll(all("OpaqueNetwork", NetworkFacts.OPAQUE_PATHS, NetworkFacts::opaque));
        }
        if (networks.keySet().stream().anyMatch(n -> n.type().equals("DistributedVirtualPortgroup"))) {
            Map<Moref, Integer> mtus = all(
                    "VmwareDistributedVirtualSwitch",
                    List.of("config.maxMtu"),
                    (ref, dvs) -> dvs.integer("config.maxMtu"));
            networks.putAll(all(
                    "DistributedVirtualPortgroup",
                    NetworkFacts.PORT_GROUP_PATHS,
                    (ref, group) -> NetworkFacts.distributed(ref, group, mtu(mtus, group))));
        }
        return networks;
    }

    private static @Nullable Integer mtu(Map<Moref, Integer> mtus, XmlNode group) {
        Moref dvs = group.ref("config.distributedVirtualSwitch");
        return dvs == null ? null : mtus.get(dvs);
    }

    private Map<Integer, String> customFields() {
        Moref service = connection.findService("customFieldsManager");
        Map<Integer, String> names = new LinkedHashMap<>();
        if (service != null) {
            guarded("custom attributes", () -> {
                XmlNode fields =
                        connection.properties().read(service, List.of("field")).properties();
                for (XmlNode field : fields.all("field")) {
                    Integer key = field.integer("key");
                    if (key != null) {
                        names.put(key, field.text("name", ""));
                    }
                }
            });
        }
        return names;
    }

    private Map<Moref, Map<String, List<String>>> tags() {
        Map<Moref, Map<String, List<String>>> tags = new LinkedHashMap<>();
        if (connection.facts().vcenter()) {
            guarded("tags", () -> {
                try (RestSession rest = connection.rest()) {
                    tags.putAll(new TagReader(rest).vmTags());
                }
            });
        }
        return tags;
    }

    private <T> Map<Moref, T> all(String type, List<String> paths, BiFunction<Moref, XmlNode, @Nullable T> facts) {
        Map<Moref, T> found = new LinkedHashMap<>();
        guarded("objects of type " + type, () -> {
            try (Stream<ManagedObject> objects = connection.properties().all(type, paths)) {
                objects.filter(object -> !object.gone()).forEach(object -> {
                    T made = facts.apply(object.ref(), object.properties());
                    if (made != null) {
                        found.put(object.ref(), made);
                    }
                });
            }
        });
        return found;
    }

    private void guarded(String what, Runnable reading) {
        try {
            reading.run();
        } catch (VmferryException e) {
            // A server that does not answer now must not look like one that has nothing.
            if (e.code().retryable()) {
                throw e;
            }
            problems.add(
                    new Notice("vsphere.not-readable", connection.server(), what + " cannot be read: " + e.reason()));
        }
    }
}
