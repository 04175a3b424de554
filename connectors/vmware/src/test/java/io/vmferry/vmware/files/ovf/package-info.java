@NullMarked
package io.vmferry.vmware.files.ovf;

import org.jspecify.annotations.NullMarked;
