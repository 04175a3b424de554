/** Plans for the tests of the target side. */
@NullMarked
package io.vmferry.kubevirt;

import org.jspecify.annotations.NullMarked;
