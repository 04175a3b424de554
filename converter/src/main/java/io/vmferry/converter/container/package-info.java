/** What disk images come wrapped in: tar, gzip, zstd, a pipe. */
@NullMarked
package io.vmferry.converter.container;

import org.jspecify.annotations.NullMarked;
