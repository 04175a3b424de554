/** The source {@code files}: VMs in OVA, OVF, VMX and VMDK files, read where they lie. */
@NullMarked
package io.vmferry.vmware.files;

import org.jspecify.annotations.NullMarked;
