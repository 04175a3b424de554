package io.vmferry.vmware.vsphere.action;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.VmRef;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.VimFault;
import io.vmferry.vmware.vsphere.client.XmlNode;
import io.vmferry.vmware.vsphere.inventory.VmKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all actions on one VM share: who it is, tasks that are waited for, faults under the VM's name. */
final class VmTasks {
    private final VimConnection connection;
    private final Tasks tasks;

    VmTasks(VimConnection connection) {
        this.connection = connection;
        this.tasks = new Tasks(connection);
    }

    VimConnection connection() {
        return connection;
    }

    Moref moref(VmRef vm) {
        return VmKey.parse(vm)
                .orElseThrow(() -> new VmferryException(
                        VsphereError.VSPHERE_VM_UNKNOWN,
                        vm.name() + " (" + vm.key() + ")",
                        "this is no VM of a vSphere source",
                        "Make the plan again."))
                .vm();
    }

    XmlNode read(VmRef vm, String... paths) {
        return connection.properties().read(moref(vm), List.of(paths)).properties();
    }

    /** Starts a task and waits for its end. */
    @Nullable
    Moref run(VmRef vm, String doing, Duration deadline, Function<Moref, Moref> start) {
        Moref moref = moref(vm);
        return tasks.await(named(vm, () -> start.apply(moref)), moref, vm.name(), doing, deadline);
    }

    /** Faults name the server's ids; a user knows the VM. */
    static <T> T named(VmRef vm, Supplier<T> call) {
        try {
            return call.get();
        } catch (VimFault fault) {
            throw fault.about(vm.name());
        }
    }
}
