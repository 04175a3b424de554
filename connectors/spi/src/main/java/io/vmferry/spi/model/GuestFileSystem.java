package io.vmferry.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * A mounted file system as the guest agent reported it.
 *
 * @param path mount point or drive letter
 * @param diskKey {@link Disk#key} it lies on; null when the agent did not say
 */
public record GuestFileSystem(
        String path,
        @Nullable String type,
        long capacityBytes,
        long freeBytes,
        @Nullable String diskKey) {}
