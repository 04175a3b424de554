@NullMarked
package io.vmferry.converter.testing;

import org.jspecify.annotations.NullMarked;
