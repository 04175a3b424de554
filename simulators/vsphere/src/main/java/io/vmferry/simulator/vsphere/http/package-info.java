/** The transport: certificates, HTTPS endpoints, downloads of files and exports, and the faults that happen on the way. */
@NullMarked
package io.vmferry.simulator.vsphere.http;

import org.jspecify.annotations.NullMarked;
