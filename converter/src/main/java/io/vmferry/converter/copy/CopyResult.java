package io.vmferry.converter.copy;

import io.vmferry.spi.image.ContentDigest;
import org.jspecify.annotations.Nullable;

/**
 * A finished copy.
 *
 * @param virtualSize bytes of the disk
 * @param bytesWritten bytes of the target in use, metadata included
 * @param digest of the virtual content; null when verification was off
 * @param sha256 plain SHA-256 of the raw content; null when nobody asked for it, and when the copy went on from a checkpoint
 */
public record CopyResult(
        long virtualSize,
        long bytesWritten,
        @Nullable ContentDigest digest,
        @Nullable ContentDigest sha256,
        CopyCounts counts) {}
