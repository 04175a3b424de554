package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A datastore.
 *
 * @param name as in {@code [name] folder/file.vmdk}
 * @param parent folder or storage pod
 * @param type {@code VMFS}, {@code NFS}, {@code NFS41}, {@code vsan}, {@code VVOL}, {@code PMEM}; empty unknown
 * @param capacityBytes null unknown
 * @param freeBytes null unknown
 * @param accessible false when no host reaches it
 * @param maintenance {@code normal}, {@code enteringMaintenance}, {@code inMaintenance}; empty unknown
 */
public record DatastoreFacts(
        Moref ref,
        String name,
        @Nullable Moref parent,
        String type,
        @Nullable Long capacityBytes,
        @Nullable Long freeBytes,
        boolean accessible,
        String maintenance) {
    static final List<String> PATHS = List.of("name", "parent", "summary");

    static DatastoreFacts of(Moref ref, XmlNode datastore) {
        return new DatastoreFacts(
                ref,
                EntityName.plain(datastore.text("name", ref.value())),
                datastore.ref("parent"),
                datastore.text("summary.type", ""),
                datastore.number("summary.capacity"),
                datastore.number("summary.freeSpace"),
                !Boolean.FALSE.equals(datastore.flag("summary.accessible")),
                datastore.text("summary.maintenanceMode", ""));
    }
}
