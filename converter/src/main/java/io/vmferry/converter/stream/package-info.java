/** The raw content of a disk on its way front to back: as it is, as gzip, as zstd. */
@NullMarked
package io.vmferry.converter.stream;

import org.jspecify.annotations.NullMarked;
