@NullMarked
package io.vmferry.spi.file;

import org.jspecify.annotations.NullMarked;
