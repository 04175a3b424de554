@NullMarked
package io.vmferry.vmware.vsphere.disk;

import org.jspecify.annotations.NullMarked;
