/** The command line. {@code convert} and {@code image} never touch Spring, so that they start at once. */
@NullMarked
package io.vmferry.cli;

import org.jspecify.annotations.NullMarked;
