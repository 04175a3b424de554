/** Working on single disk files, without sources, targets or jobs. */
@NullMarked
package io.vmferry.cli.disk;

import org.jspecify.annotations.NullMarked;
