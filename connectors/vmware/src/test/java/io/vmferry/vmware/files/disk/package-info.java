@NullMarked
package io.vmferry.vmware.files.disk;

import org.jspecify.annotations.NullMarked;
