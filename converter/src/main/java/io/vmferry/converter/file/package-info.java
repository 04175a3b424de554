/** Sparse files: where their holes are. */
@NullMarked
package io.vmferry.converter.file;

import org.jspecify.annotations.NullMarked;
