/** Spelling of what Kubernetes and KubeVirt admit: names, labels, serials. */
@NullMarked
package io.vmferry.kubevirt.syntax;

import org.jspecify.annotations.NullMarked;
