/**
 * Reads the two YAML kinds, strictly: every error of a file at once, each with line, column and what is allowed.
 */
@NullMarked
package io.vmferry.rules.load;

import org.jspecify.annotations.NullMarked;
