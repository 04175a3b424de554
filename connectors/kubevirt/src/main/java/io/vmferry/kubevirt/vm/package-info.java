/** Manifests of a planned VM and its volumes: pure functions of the plan. */
@NullMarked
package io.vmferry.kubevirt.vm;

import org.jspecify.annotations.NullMarked;
