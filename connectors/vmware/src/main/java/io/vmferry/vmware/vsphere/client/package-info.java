/**
 * Speaks vim25 over SOAP. yavijava lends its object model and its stubs to the calls that change something; its transport, its
 * parser and its trust are not used, and none of its types leaves this package.
 */
@NullMarked
package io.vmferry.vmware.vsphere.client;

import org.jspecify.annotations.NullMarked;
