/** QEMU's qcow2 format, version 2 and 3. */
@NullMarked
package io.vmferry.converter.qcow2;

import org.jspecify.annotations.NullMarked;
