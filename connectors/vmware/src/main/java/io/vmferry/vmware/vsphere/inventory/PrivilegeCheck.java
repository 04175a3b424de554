package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.VimFault;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks before anything is done what the account may not do. Which of it is needed depends on the policy and on how disks come
 * out; what is missing is told all the same, since it shows in the middle of a night otherwise.
 */
final class PrivilegeCheck {
    static final List<String> ON_VMS = List.of(
            "VirtualMachine.Interact.PowerOff",
            "VirtualMachine.Interact.PowerOn",
            "VirtualMachine.Interact.DeviceConnection",
            "VirtualMachine.State.CreateSnapshot",
            "VirtualMachine.State.RemoveSnapshot",
            "VirtualMachine.Provisioning.DiskRandomRead",
            "VirtualMachine.Provisioning.GetVmFiles",
            "VApp.Export");
    static final List<String> ON_DATASTORES = List.of("Datastore.Browse", "Datastore.FileManagement");

    private final VimConnection connection;

    PrivilegeCheck(VimConnection connection) {
        this.connection = connection;
    }

    /** What is lacking, by object; nothing where the server does not tell. */
    Map<Moref, List<String>> lacking(Collection<Moref> vms, Collection<Moref> datastores) {
        Map<Moref, List<String>> lacking = new HashMap<>();
        try {
            if (!vms.isEmpty()) {
                lacking.putAll(connection.actions().lacking(List.copyOf(vms), ON_VMS));
            }
            if (!datastores.isEmpty()) {
                lacking.putAll(connection.actions().lacking(List.copyOf(datastores), ON_DATASTORES));
            }
        } catch (VimFault fault) {
            // The check is a service to the user; an old server, or a VM that just vanished, must not stop the
            // inventory.
            return lacking;
        }
        return lacking;
    }
}
