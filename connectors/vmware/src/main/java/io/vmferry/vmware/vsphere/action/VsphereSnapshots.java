package io.vmferry.vmware.vsphere.action;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Snapshots;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.VimFault;
import io.vmferry.vmware.vsphere.client.XmlNode;
import io.vmferry.vmware.vsphere.inventory.SnapshotMapping;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of our own. They are told by their description, which no user types by accident, and by the mark that is their
 * name. Without memory; the guest flushes first where its tools can. Safe for many threads.
 */
public final class VsphereSnapshots implements Snapshots {
    static final String TAG = "vmferry: made for a migration, which removes it";

    private static final Duration CREATE = Duration.ofMinutes(15);
    /** The delta is written back into the base; a busy VM's may be hundreds of gigabytes. */
    private static final Duration REMOVE = Duration.ofHours(12);

    private static final int LONGEST_NAME = 80;
    /** Quiescing needs free space, drivers and luck in the guest; a snapshot as of a power cut does not. */
    private static final Set<String> NOT_QUIESCED = Set.of(
            "ApplicationQuiesceFault",
            "FilesystemQuiesceFault",
            "CannotSnapshotQuiesceFault",
            "ToolsUnavailable",
            "SnapshotFault",
            "ApproximateVmQuiesceFault");

    private final VmTasks actions;

    public VsphereSnapshots(VimConnection connection) {
        this.actions = new VmTasks(connection);
    }

    @Override
    public Snapshot create(VmRef vm, String mark) {
        String name = name(mark);
        Snapshot there = own(vm, name);
        if (there != null) {
            return there;
        }
        boolean tools = actions.read(vm, "guest.toolsRunningStatus")
                .text("guest.toolsRunningStatus", "")
                .equals("guestToolsRunning");
        Moref made;
        try {
            made = take(vm, name, tools);
        } catch (VimFault fault) {
            if (!tools || !NOT_QUIESCED.contains(fault.type())) {
                throw fault;
            }
            made = take(vm, name, false);
        }
        there = own(vm, name);
        if (there != null) {
            return there;
        }
        throw new VmferryException(
                VsphereError.VSPHERE_OBJECT_GONE,
                vm.name(),
                "the snapshot" + (made == null ? "" : " " + made) + " that was just taken is not there",
                "Look whether a backup removes snapshots, then run the same command again.");
    }

    private @Nullable Moref take(VmRef vm, String name, boolean quiesce) {
        return actions.run(
                vm,
                "taking a snapshot",
                CREATE,
                moref -> actions.connection().actions().createSnapshot(moref, name, TAG, quiesce));
    }

    private @Nullable Snapshot own(VmRef vm, String name) {
        return found(vm).stream()
                .filter(VsphereSnapshots::isOurs)
                .map(SnapshotMapping.Found::snapshot)
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Snapshot> ours(VmRef vm) {
        return found(vm).stream()
                .filter(VsphereSnapshots::isOurs)
                .map(SnapshotMapping.Found::snapshot)
                .toList();
    }

    @Override
    public void remove(VmRef vm, Snapshot snapshot) {
        SnapshotMapping.Found found = found(vm).stream()
                .filter(f -> f.snapshot().key().equals(snapshot.key()))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return; // Removed before, by us or somebody else.
        }
        if (!isOurs(found)) {
            throw new VmferryException(
                    VsphereError.VSPHERE_SNAPSHOT_FOREIGN,
                    vm.name() + " / " + snapshot.name(),
                    "vmferry did not make this snapshot, so it does not remove it",
                    "Remove it in the vSphere client if nobody needs it.");
        }
        try {
            actions.run(
                    vm,
                    "removing the snapshot",
                    REMOVE,
                    moref -> actions.connection().actions().removeSnapshot(found.ref()));
        } catch (VimFault fault) {
            if (!fault.is("ManagedObjectNotFound")) {
                throw fault;
            }
        }
    }

    private List<SnapshotMapping.Found> found(VmRef vm) {
        XmlNode now = actions.read(vm, "snapshot");
        return SnapshotMapping.of(now);
    }

    private static boolean isOurs(SnapshotMapping.Found found) {
        return found.description().startsWith(TAG);
    }

    private static String name(String mark) {
        if (mark.isBlank() || mark.length() > LONGEST_NAME) {
            throw new VmferryException(
                    VsphereError.VSPHERE_CALL_REFUSED,
                    "snapshot \"" + mark + "\"",
                    "vSphere takes names of 1 to " + LONGEST_NAME + " characters",
                    "Give the migration a shorter name.");
        }
        return mark;
    }
}
