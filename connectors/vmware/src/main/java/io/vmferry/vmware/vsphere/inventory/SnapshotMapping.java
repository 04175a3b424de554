package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.Snapshot;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A VM's tree of snapshots as a list, parents first. */
public final class SnapshotMapping {
    private SnapshotMapping() {}

    /** One of the tree, with what only we need to know. */
    public record Found(Snapshot snapshot, Moref ref, String description, boolean childless) {}

    /** @param vm with the property {@code snapshot} */
    public static List<Found> of(XmlNode vm) {
        List<Found> found = new ArrayList<>();
        Moref current = vm.ref("snapshot.currentSnapshot");
        add(found, vm.each("snapshot.rootSnapshotList"), current);
        return found;
    }

    private static void add(List<Found> found, List<XmlNode> trees, @Nullable Moref current) {
        for (XmlNode tree : trees) {
            Moref ref = tree.ref("snapshot");
            List<XmlNode> children = tree.all("childSnapshotList");
            if (ref != null) {
                Snapshot snapshot = new Snapshot(
                        ref.value(),
                        EntityName.plain(tree.text("name", "")),
                        created(tree.text("createTime")),
                        ref.equals(current));
                found.add(new Found(snapshot, ref, tree.text("description", ""), children.isEmpty()));
            }
            add(found, children, current);
        }
    }

    private static @Nullable Instant created(@Nullable String time) {
        if (time == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
