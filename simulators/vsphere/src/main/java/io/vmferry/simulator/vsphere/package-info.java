/**
 * A vCenter and its ESXi hosts inside this JVM, for tests, the demo and faults: web services, file and export downloads over TLS
 * on free ports of the loopback interface.
 *
 * <p>Begin with {@link io.vmferry.simulator.vsphere.world.World} and {@link
 * io.vmferry.simulator.vsphere.VsphereSimulator#start}.
 */
@NullMarked
package io.vmferry.simulator.vsphere;

import org.jspecify.annotations.NullMarked;
