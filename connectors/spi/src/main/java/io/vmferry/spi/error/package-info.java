/**
 * Coded errors: every failure that reaches a user has a code, a subject and a remedy.
 */
@NullMarked
package io.vmferry.spi.error;

import org.jspecify.annotations.NullMarked;
