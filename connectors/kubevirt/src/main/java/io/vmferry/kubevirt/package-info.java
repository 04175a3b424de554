/** The target side: KubeVirt manifests, and the places they and the disks are written to. */
@NullMarked
package io.vmferry.kubevirt;

import org.jspecify.annotations.NullMarked;
