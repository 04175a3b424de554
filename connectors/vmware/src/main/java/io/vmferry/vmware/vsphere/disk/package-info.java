/** Gets the bytes of disks out of vCenter and ESXi: by ranges of their files, or by an export lease. */
@NullMarked
package io.vmferry.vmware.vsphere.disk;

import org.jspecify.annotations.NullMarked;
