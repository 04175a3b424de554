/** What each version of KubeVirt and CDI can express. */
@NullMarked
package io.vmferry.kubevirt.version;

import org.jspecify.annotations.NullMarked;
