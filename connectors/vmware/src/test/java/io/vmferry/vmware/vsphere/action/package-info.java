@NullMarked
package io.vmferry.vmware.vsphere.action;

import org.jspecify.annotations.NullMarked;
