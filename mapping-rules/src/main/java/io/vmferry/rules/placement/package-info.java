/**
 * Which name and namespace a VM gets.
 */
@NullMarked
package io.vmferry.rules.placement;

import org.jspecify.annotations.NullMarked;
