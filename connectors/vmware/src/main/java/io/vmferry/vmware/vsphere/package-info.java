/** The source {@code vsphere}: VMs of a vCenter or of a single ESXi host. */
@NullMarked
package io.vmferry.vmware.vsphere;

import org.jspecify.annotations.NullMarked;
