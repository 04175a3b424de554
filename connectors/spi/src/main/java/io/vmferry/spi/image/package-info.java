/**
 * Disk images as extents: the ports that formats, sources, copy engine and sinks share.
 */
@NullMarked
package io.vmferry.spi.image;

import org.jspecify.annotations.NullMarked;
