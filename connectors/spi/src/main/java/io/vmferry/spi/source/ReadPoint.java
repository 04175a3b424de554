package io.vmferry.spi.source;

import org.jspecify.annotations.Nullable;

/**
 * The state of a disk that is to be read.
 *
 * @param snapshot key of a snapshot; null the disk as it is, for a VM that is off
 */
public record ReadPoint(@Nullable String snapshot) {
    public static final ReadPoint CURRENT = new ReadPoint(null);
}
