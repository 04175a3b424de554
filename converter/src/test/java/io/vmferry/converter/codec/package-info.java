@NullMarked
package io.vmferry.converter.codec;

import org.jspecify.annotations.NullMarked;
