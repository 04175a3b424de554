/** The copy engine: extents in, blocks out, many workers, one order. */
@NullMarked
package io.vmferry.converter.copy;

import org.jspecify.annotations.NullMarked;
