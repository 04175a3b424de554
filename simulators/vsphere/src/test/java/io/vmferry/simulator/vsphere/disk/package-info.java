@NullMarked
package io.vmferry.simulator.vsphere.disk;

import org.jspecify.annotations.NullMarked;
