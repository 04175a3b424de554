@NullMarked
package io.vmferry.converter.vmdk;

import org.jspecify.annotations.NullMarked;
