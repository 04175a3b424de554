/** Connections to vCenter and ESXi: whom to trust, how long to wait, what went wrong. Knows nothing of SOAP or disks. */
@NullMarked
package io.vmferry.vmware.vsphere.http;

import org.jspecify.annotations.NullMarked;
