/**
 * The plan: everything a run will do, decided before it acts.
 */
@NullMarked
package io.vmferry.spi.plan;

import org.jspecify.annotations.NullMarked;
