/** Wrappers around an image: rate limit, counting. */
@NullMarked
package io.vmferry.converter.filter;

import org.jspecify.annotations.NullMarked;
