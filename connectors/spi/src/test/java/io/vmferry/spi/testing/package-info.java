/** Fixtures and contract tests that the tests of all modules share. */
@NullMarked
package io.vmferry.spi.testing;

import org.jspecify.annotations.NullMarked;
