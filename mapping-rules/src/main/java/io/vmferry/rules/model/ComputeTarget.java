package io.vmferry.rules.model;

import org.jspecify.annotations.Nullable;

/**
 * What kind of machine a VM becomes. Whatever is null is decided from the facts.
 *
 * @param machine machine type, {@code q35} or one that begins with {@code pc-q35}
 * @param clock {@code utc} or a timezone name
 * @param diskBus {@code virtio}, {@code scsi} or {@code sata}; wins over the profile's
 * @param nicModel {@code virtio}, {@code e1000e}, {@code e1000}; wins over the profile's
 */
public record ComputeTarget(
        @Nullable Profile profile,
        @Nullable String machine,
        @Nullable String clock,
        @Nullable String diskBus,
        @Nullable String nicModel) {
    public static final ComputeTarget FROM_FACTS = new ComputeTarget(null, null, null, null, null);
}
