/** Files and block devices below the level of Java: where holes are, how they are made, who uses a device. */
@NullMarked
package io.vmferry.converter.file;

import org.jspecify.annotations.NullMarked;
