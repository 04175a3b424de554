/** What vmferry does to VMs at the source: power, snapshots of its own, network cards; and what it must be allowed to. */
@NullMarked
package io.vmferry.vmware.vsphere.action;

import org.jspecify.annotations.NullMarked;
