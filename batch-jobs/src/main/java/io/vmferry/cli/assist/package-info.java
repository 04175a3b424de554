/** The assisted import: questions about one VM whose answers become a migration file. */
@NullMarked
package io.vmferry.cli.assist;

import org.jspecify.annotations.NullMarked;
