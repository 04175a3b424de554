package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.VmRef;
import io.vmferry.vmware.vsphere.client.Moref;
import java.util.Optional;

/**
 * Names a VM within its server: {@code vm-42/5029….}. The moref says which, the instance UUID that it is still the same after
 * the VM was removed from the inventory and another one registered. BIOS UUIDs say nothing: clones share them.
 *
 * @param instanceUuid empty for a VM without readable configuration
 */
public record VmKey(Moref vm, String instanceUuid) {
    public static VmKey of(Moref vm, String instanceUuid) {
        return new VmKey(vm, instanceUuid);
    }

    /** Empty for a key that this connector never gives. */
    public static Optional<VmKey> parse(VmRef ref) {
        String[] parts = ref.key().split("/", 2);
        if (!parts[0].matches("[A-Za-z0-9_.:-]{1,100}")) {
            return Optional.empty();
        }
        return Optional.of(new VmKey(new Moref("VirtualMachine", parts[0]), parts.length == 2 ? parts[1] : ""));
    }

    public String text() {
        return instanceUuid.isEmpty() ? vm.value() : vm.value() + "/" + instanceUuid;
    }
}
