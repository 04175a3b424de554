/**
 * VMware's disk images: hosted sparse, streamOptimized, flat, and the descriptor that ties extents together.
 *
 * <p>All integers are little-endian and offsets inside the format count sectors of 512 bytes, as in "Virtual Disk Format
 * 5.0"; where products differ from it the code says so.
 */
@NullMarked
package io.vmferry.converter.vmdk;

import org.jspecify.annotations.NullMarked;
