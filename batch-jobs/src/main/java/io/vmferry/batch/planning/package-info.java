/** The dry run: gathers facts from sources and target, lets the planner decide, changes nothing anywhere. */
@NullMarked
package io.vmferry.batch.planning;

import org.jspecify.annotations.NullMarked;
