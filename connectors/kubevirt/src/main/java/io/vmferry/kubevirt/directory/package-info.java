/** The directory target: disks and manifests in a folder, ready to be applied. */
@NullMarked
package io.vmferry.kubevirt.directory;

import org.jspecify.annotations.NullMarked;
