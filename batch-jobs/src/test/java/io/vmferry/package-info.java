@NullMarked
package io.vmferry;

import org.jspecify.annotations.NullMarked;
