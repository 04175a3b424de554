@NullMarked
package io.vmferry.vmware.vsphere;

import org.jspecify.annotations.NullMarked;
