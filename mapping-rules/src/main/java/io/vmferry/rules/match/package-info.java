/**
 * Conditions of mapping rules: names by glob or regular expression, VLANs, sizes, tags. Linear time whatever is matched.
 */
@NullMarked
package io.vmferry.rules.match;

import org.jspecify.annotations.NullMarked;
