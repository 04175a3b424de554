/** The inventory: what a vCenter knows of folders, hosts, networks, datastores and virtual machines, and what happens to them. */
@NullMarked
package io.vmferry.simulator.vsphere.world;

import org.jspecify.annotations.NullMarked;
