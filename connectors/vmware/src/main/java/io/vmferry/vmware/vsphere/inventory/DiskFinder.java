package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.ManagedObject;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimConnection;
import java.util.List;

/** Finds a disk of the model in the hardware of today, or in that of a snapshot. Asks the server each time. */
public final class DiskFinder {
    private static final List<String> HARDWARE = List.of("config.hardware.device");

    private final VimConnection connection;

    public DiskFinder(VimConnection connection) {
        this.connection = connection;
    }

    /** @throws VmferryException when the VM or the snapshot has no such disk, or is gone */
    public DiskDevice find(VmRef vm, Disk disk, ReadPoint point) {
        String snapshot = point.snapshot();
        Moref where = snapshot == null
                ? VmKey.parse(vm).orElseThrow(() -> unknown(vm, disk, point)).vm()
                : new Moref("VirtualMachineSnapshot", snapshot);
        ManagedObject object = connection.properties().read(where, HARDWARE);
        return DiskDevice.of(object.properties().each("config.hardware.device")).stream()
                .filter(device -> device.key().equals(disk.key()))
                .findFirst()
                .orElseThrow(() -> unknown(vm, disk, point));
    }

    private static VmferryException unknown(VmRef vm, Disk disk, ReadPoint point) {
        return new VmferryException(
                VsphereError.VSPHERE_DISK_UNKNOWN,
                vm.name() + " / " + disk.label(),
                (point.snapshot() == null
                                ? "the VM no longer has"
                                : "the snapshot " + point.snapshot() + " does not have")
                        + " the disk \"" + disk.key() + "\"",
                "Make the plan again; independent disks are in no snapshot.");
    }
}
