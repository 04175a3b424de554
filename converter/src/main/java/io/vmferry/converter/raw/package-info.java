/** Raw images: the bytes of the disk as they are. */
@NullMarked
package io.vmferry.converter.raw;

import org.jspecify.annotations.NullMarked;
