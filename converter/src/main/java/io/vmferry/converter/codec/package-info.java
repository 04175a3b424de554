/** Compression of single blocks: one port, several libraries behind it, the best one that works here is picked. */
@NullMarked
package io.vmferry.converter.codec;

import org.jspecify.annotations.NullMarked;
