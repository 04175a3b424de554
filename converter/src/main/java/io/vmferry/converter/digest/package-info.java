/** The content digest of a disk, and how it survives an interruption. */
@NullMarked
package io.vmferry.converter.digest;

import org.jspecify.annotations.NullMarked;
