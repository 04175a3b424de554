/**
 * Immutable facts about a virtual machine as its source describes it.
 */
@NullMarked
package io.vmferry.spi.model;

import org.jspecify.annotations.NullMarked;
