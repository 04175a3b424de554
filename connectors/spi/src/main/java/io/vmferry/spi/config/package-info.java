/** Settings that a migration file gives to connectors. */
@NullMarked
package io.vmferry.spi.config;

import org.jspecify.annotations.NullMarked;
