/**
 * What can be wrong with a migration file, a rule file or a stored plan.
 */
@NullMarked
package io.vmferry.rules.error;

import org.jspecify.annotations.NullMarked;
