package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.pack.Stamp;
import java.util.List;
import java.util.Set;

/** A file that was named or found and stands for VMs: an OVA, an OVF, a VMX or a bare VMDK. Stateless. */
interface VmPackage {
    Where where();

    /** Reads what the package says. Throws a {@link VmferryException} when it is broken. */
    Contents read();

    /**
     * What a package says.
     *
     * @param vms at least one
     * @param stamps of all files that this rests on
     * @param claims names of files beside the package that belong to it
     */
    record Contents(List<FoundVm> vms, List<Stamp> stamps, Set<String> claims) {
        public Contents {
            vms = List.copyOf(vms);
            stamps = List.copyOf(stamps);
            claims = Set.copyOf(claims);
        }

        boolean current() {
            return stamps.stream().allMatch(Stamp::holds);
        }
    }
}
