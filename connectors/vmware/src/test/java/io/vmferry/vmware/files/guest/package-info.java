@NullMarked
package io.vmferry.vmware.files.guest;

import org.jspecify.annotations.NullMarked;
