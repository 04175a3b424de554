@NullMarked
package io.vmferry.simulator.vsphere;

import org.jspecify.annotations.NullMarked;
