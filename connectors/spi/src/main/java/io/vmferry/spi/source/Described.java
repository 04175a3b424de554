package io.vmferry.spi.source;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;

/** One of many VMs that were described together: one that fails hinders no other. */
public sealed interface Described {
    VmRef ref();

    /** The VM in full. */
    record Full(Vm vm) implements Described {
        @Override
        public VmRef ref() {
            return vm.ref();
        }
    }

    /** Why it could not be described. */
    record Failed(VmRef ref, VmferryException reason) implements Described {}
}
