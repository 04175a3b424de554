@NullMarked
package io.vmferry.vmware.vsphere.peer;

import org.jspecify.annotations.NullMarked;
