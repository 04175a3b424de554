package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import org.jspecify.annotations.Nullable;

/**
 * A folder, datacenter or resource pool: something that others lie in.
 *
 * @param name as vSphere keeps it, with slashes escaped, so that paths can be made of it
 */
record Container(Moref ref, String name, @Nullable Moref parent) {}
