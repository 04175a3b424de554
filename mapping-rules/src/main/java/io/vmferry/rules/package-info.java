/**
 * From facts to a plan: {@link io.vmferry.rules.Planner} applies rules and checks to what was found at the source.
 */
@NullMarked
package io.vmferry.rules;

import org.jspecify.annotations.NullMarked;
