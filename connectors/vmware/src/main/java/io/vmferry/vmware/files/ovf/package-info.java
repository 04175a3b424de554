/** OVF descriptors: a document of facts first, then VMs in VMware's dialect. */
@NullMarked
package io.vmferry.vmware.files.ovf;

import org.jspecify.annotations.NullMarked;
