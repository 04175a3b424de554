/** Looks at a plan with the eyes of KubeVirt and CDI: what they would refuse, and what they cannot express. */
@NullMarked
package io.vmferry.kubevirt.check;

import org.jspecify.annotations.NullMarked;
