/** Jobs, store and wiring: the only module that sees Spring. The command line is in {@code io.vmferry.cli}. */
@NullMarked
package io.vmferry.batch;

import org.jspecify.annotations.NullMarked;
