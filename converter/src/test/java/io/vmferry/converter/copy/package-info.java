@NullMarked
package io.vmferry.converter.copy;

import org.jspecify.annotations.NullMarked;
