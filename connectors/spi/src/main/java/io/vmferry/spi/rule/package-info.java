/**
 * Rules and checks: pure functions from facts to an amended draft and findings.
 */
@NullMarked
package io.vmferry.spi.rule;

import org.jspecify.annotations.NullMarked;
