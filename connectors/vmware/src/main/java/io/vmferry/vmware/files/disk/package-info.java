/** How the bytes of a disk come out of its files. */
@NullMarked
package io.vmferry.vmware.files.disk;

import org.jspecify.annotations.NullMarked;
