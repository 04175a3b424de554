@NullMarked
package io.vmferry.vmware.vsphere.client;

import org.jspecify.annotations.NullMarked;
