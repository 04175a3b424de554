/** What a vCenter or ESXi host tells about its VMs and what is around them, put into the words of the model. */
@NullMarked
package io.vmferry.vmware.vsphere.inventory;

import org.jspecify.annotations.NullMarked;
