package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.Notice;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that VMs lie in, run on or hang on, as it was when it was read. Safe for many threads.
 *
 * @param customFields name by key of the custom attributes
 * @param tags category to tags, by VM
 * @param problems what could not be read of it; holds for every VM
 */
public record Surroundings(
        Map<Moref, Container> containers,
        Map<Moref, ClusterFacts> clusters,
        Map<Moref, HostFacts> hosts,
        Map<Moref, DatastoreFacts> datastores,
        Map<Moref, NetworkFacts> networks,
        Map<Integer, String> customFields,
        Map<Moref, Map<String, List<String>>> tags,
        List<Notice> problems) {
    private static final int DEEPEST = 128;

    /** Inventory path of a folder, {@code /folder/datacenter/vm/folder}; names in it keep their escapes. Empty at the root. */
    public String path(@Nullable Moref at) {
        List<String> names = new ArrayList<>();
        for (Container container = container(at); container != null && names.size() < DEEPEST; ) {
            names.add(0, container.name());
            container = container(container.parent());
        }
        return names.isEmpty() ? "" : "/" + String.join("/", names);
    }

    /** The datacenter around a folder, cluster, host or datastore; null above all datacenters. */
    private @Nullable Container datacenter(@Nullable Moref from) {
        Moref at = from;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            Container container = container(at);
            if (container != null && container.ref().type().equals("Datacenter")) {
                return container;
            }
            at = container != null ? container.parent() : parent(at);
        }
        return null;
    }

    private @Nullable Moref parent(Moref of) {
        HostFacts host = hosts.get(of);
        if (host != null) {
            return host.parent();
        }
        ClusterFacts cluster = clusters.get(of);
        if (cluster != null) {
            return cluster.parent();
        }
        DatastoreFacts datastore = datastores.get(of);
        return datastore == null ? null : datastore.parent();
    }

    /** Plain name of the datacenter around something; null above all datacenters. */
    public @Nullable String datacenterName(@Nullable Moref of) {
        Container found = datacenter(of);
        return found == null ? null : EntityName.plain(found.name());
    }

    /** Inventory path of the datacenter around something, without leading slash, as {@code /folder} wants it; null unknown. */
    public @Nullable String datacenterPath(@Nullable Moref of) {
        Container found = datacenter(of);
        return found == null ? null : path(found.ref()).substring(1);
    }

    private @Nullable Container container(@Nullable Moref ref) {
        return ref == null ? null : containers.get(ref);
    }

    @Nullable
    HostFacts host(@Nullable Moref ref) {
        return ref == null ? null : hosts.get(ref);
    }

    /** The cluster around a host; null for a standalone host. */
    @Nullable
    ClusterFacts cluster(@Nullable HostFacts host) {
        Moref parent = host == null ? null : host.parent();
        ClusterFacts found = parent == null ? null : clusters.get(parent);
        return found == null || !found.cluster() ? null : found;
    }

    /** By the key that a card's backing has. */
    @Nullable
    NetworkFacts networkByKey(@Nullable String key) {
        if (key == null) {
            return null;
        }
        for (NetworkFacts network : networks.values()) {
            if (network.key().equals(key)) {
                return network;
            }
        }
        return null;
    }

    /** Datastores by name can be told apart within a datacenter only. */
    public @Nullable DatastoreFacts datastore(@Nullable Moref ref) {
        return ref == null ? null : datastores.get(ref);
    }

    static Container container(Moref ref, XmlNode properties) {
        return new Container(ref, properties.text("name", ref.value()), properties.ref("parent"));
    }
}
