@NullMarked
package io.vmferry.converter.stream;

import org.jspecify.annotations.NullMarked;
