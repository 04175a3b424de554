@NullMarked
package io.vmferry.vmware.vsphere.http;

import org.jspecify.annotations.NullMarked;
