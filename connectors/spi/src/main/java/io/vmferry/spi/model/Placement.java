package io.vmferry.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a VM lies in its source's inventory; null or empty where the source has no such thing.
 *
 * @param folder inventory path, or the folder of the files
 */
public record Placement(
        String folder,
        @Nullable String datacenter,
        @Nullable String cluster,
        @Nullable String host) {}
