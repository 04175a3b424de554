package io.vmferry.converter.copy;

import io.vmferry.spi.image.ContentDigest;
import org.jspecify.annotations.Nullable;

/**
 * A finished copy.
 *
 * @param virtualSize bytes of the disk
 * @param bytesWritten bytes of the target in use, metadata included
 * @param digest of the virtual content; null when verification was off
 */
public record CopyResult(
        long virtualSize, long bytesWritten, @Nullable ContentDigest digest, CopyCounts counts) {}
