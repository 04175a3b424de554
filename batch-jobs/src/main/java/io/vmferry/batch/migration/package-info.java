/**
 * The {@code migrate-vm} job. Its list of steps is {@link io.vmferry.batch.migration.MigrateVmJob}; each step is a class of
 * its own beside it.
 */
@NullMarked
package io.vmferry.batch.migration;

import org.jspecify.annotations.NullMarked;
