/** VMX configurations. */
@NullMarked
package io.vmferry.vmware.files.vmx;

import org.jspecify.annotations.NullMarked;
