package io.vmferry.vmware.vsphere.action;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.ChangedBlocks;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimActions.ChangedAreas;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.VimFault;
import io.vmferry.vmware.vsphere.client.XmlNode;
import io.vmferry.vmware.vsphere.inventory.DiskDevice;
import io.vmferry.vmware.vsphere.inventory.DiskFinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changed block tracking. A mark is a change id, {@code UUID/number}: tracking that began anew has another UUID, and what
 * changed in between is then unknown. Safe for many threads.
 */
public final class ChangeTracking implements ChangedBlocks {
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final int MOST_ANSWERS = 100_000;

    private final VmTasks actions;
    private final DiskFinder disks;

    public ChangeTracking(VimConnection connection) {
        this.actions = new VmTasks(connection);
        this.disks = new DiskFinder(connection);
    }

    /**
     * Switches tracking on. It takes effect with the next snapshot or start, so the caller makes and removes one.
     *
     * @return false when it was on already
     * @throws VmferryException for a VM with snapshots, where vSphere tracks from a state that it does not know
     */
    public boolean enable(VmRef vm) {
        XmlNode now = actions.read(vm, "config.changeTrackingEnabled", "snapshot");
        if (now.isTrue("config.changeTrackingEnabled")) {
            return false;
        }
        if (now.at("snapshot.rootSnapshotList") != null) {
            throw new VmferryException(
                    VsphereError.VSPHERE_CBT_OFF,
                    vm.name(),
                    "changed block tracking cannot be switched on while the VM has snapshots",
                    "Remove the VM's snapshots first, or migrate it without tracking.");
        }
        actions.run(
                vm,
                "switching on changed block tracking",
                DEADLINE,
                moref -> actions.connection().actions().setChangeTracking(moref, true));
        return true;
    }

    @Override
    public String mark(VmRef vm, Disk disk, ReadPoint point) {
        return changeId(vm, disk, disks.find(vm, disk, point));
    }

    private static String changeId(VmRef vm, Disk disk, DiskDevice device) {
        String changeId = device.backing().changeId();
        if (changeId == null) {
            throw new VmferryException(
                    VsphereError.VSPHERE_CBT_OFF,
                    vm.name() + " / " + disk.label(),
                    "its changes are not tracked in this state",
                    "Switch on changed block tracking, then take a new snapshot; independent disks and physical LUNs are"
                            + " never tracked.");
        }
        return changeId;
    }

    @Override
    public Stream<Extent> since(VmRef vm, Disk disk, String since, ReadPoint until) {
        DiskDevice device = disks.find(vm, disk, until);
        if (!tracker(changeId(vm, disk, device)).equals(tracker(since))) {
            throw reset(vm, disk, null);
        }
        String snapshot = until.snapshot();
        Moref point = snapshot == null ? null : new Moref("VirtualMachineSnapshot", snapshot);
        List<Extent> changed = new ArrayList<>();
        long at = 0;
        for (int answers = 0; at < device.capacityBytes(); answers++) {
            ChangedAreas areas;
            try {
                areas = actions.connection()
                        .actions()
                        .changedAreas(actions.moref(vm), point, device.deviceKey(), at, since);
            } catch (VimFault fault) {
                throw fault.is("InvalidArgument") || fault.is("FileFault")
                        ? reset(vm, disk, fault)
                        : fault.about(vm.name() + " / " + disk.label());
            }
            long end = areas.start() + areas.length();
            // An answer without areas means that nothing changed there; one without length would be asked for ever.
            if (areas.start() > at || areas.length() <= 0 || end <= at || answers == MOST_ANSWERS) {
                throw implausible(vm, disk, at);
            }
            for (ChangedAreas.Area area : areas.changed()) {
                add(changed, area, device.capacityBytes(), vm, disk);
            }
            at = end;
        }
        return changed.stream();
    }

    private static void add(List<Extent> changed, ChangedAreas.Area area, long capacity, VmRef vm, Disk disk) {
        long last = changed.isEmpty() ? 0 : changed.get(changed.size() - 1).end();
        if (area.length() < 0 || area.start() < 0 || area.start() > capacity) {
            throw implausible(vm, disk, area.start());
        }
        long start = Math.max(area.start(), last);
        long end = area.length() > capacity - area.start() ? capacity : area.start() + area.length();
        if (end <= start) {
            return;
        }
        if (!changed.isEmpty() && last == start) {
            Extent before = changed.remove(changed.size() - 1);
            changed.add(Extent.data(before.start(), end - before.start()));
        } else {
            changed.add(Extent.data(start, end - start));
        }
    }

    private static String tracker(String changeId) {
        int slash = changeId.indexOf('/');
        return slash < 0 ? changeId : changeId.substring(0, slash);
    }

    private static VmferryException reset(VmRef vm, Disk disk, @Nullable Exception cause) {
        return new VmferryException(
                VsphereError.VSPHERE_CBT_RESET,
                vm.name() + " / " + disk.label(),
                "changed block tracking began anew since the last copy, so nobody knows what changed",
                "Copy the whole disk again.",
                cause);
    }

    private static VmferryException implausible(VmRef vm, Disk disk, long at) {
        return new VmferryException(
                VsphereError.VSPHERE_CBT_RESET,
                vm.name() + " / " + disk.label(),
                "the server's answer about changes at byte " + at + " makes no sense",
                "Copy the whole disk again.");
    }
}
