/**
 * The target side: where disks and virtual machine definitions go.
 */
@NullMarked
package io.vmferry.spi.target;

import org.jspecify.annotations.NullMarked;
