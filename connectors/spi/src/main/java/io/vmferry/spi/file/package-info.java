/** The image ports over plain files; every module reads and writes local files through these. */
@NullMarked
package io.vmferry.spi.file;

import org.jspecify.annotations.NullMarked;
