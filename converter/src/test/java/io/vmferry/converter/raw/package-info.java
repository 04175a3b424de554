@NullMarked
package io.vmferry.converter.raw;

import org.jspecify.annotations.NullMarked;
