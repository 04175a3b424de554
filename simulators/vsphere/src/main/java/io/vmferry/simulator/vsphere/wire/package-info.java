/** The vim25 dialect of SOAP: which types and fields exist since when, and how values look on the wire. */
@NullMarked
package io.vmferry.simulator.vsphere.wire;

import org.jspecify.annotations.NullMarked;
