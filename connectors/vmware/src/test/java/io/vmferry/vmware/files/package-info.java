@NullMarked
package io.vmferry.vmware.files;

import org.jspecify.annotations.NullMarked;
