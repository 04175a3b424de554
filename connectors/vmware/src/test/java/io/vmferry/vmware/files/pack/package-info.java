@NullMarked
package io.vmferry.vmware.files.pack;

import org.jspecify.annotations.NullMarked;
