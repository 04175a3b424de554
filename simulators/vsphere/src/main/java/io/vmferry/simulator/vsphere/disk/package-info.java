/** What lies on the simulated datastores: computed disks, snapshot deltas in the layouts of ESXi, and the record of changes. */
@NullMarked
package io.vmferry.simulator.vsphere.disk;

import org.jspecify.annotations.NullMarked;
