/** Manifests as YAML text. */
@NullMarked
package io.vmferry.kubevirt.yaml;

import org.jspecify.annotations.NullMarked;
