/**
 * Processor, memory, firmware, clock and the choice between virtio and boot-safe hardware.
 */
@NullMarked
package io.vmferry.rules.compute;

import org.jspecify.annotations.NullMarked;
