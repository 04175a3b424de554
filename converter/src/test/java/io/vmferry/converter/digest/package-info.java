@NullMarked
package io.vmferry.converter.digest;

import org.jspecify.annotations.NullMarked;
