package io.vmferry.spi.target;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ContentDigest;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a finished disk; kept beside it, so that anyone can check it later.
 *
 * @param sourceVersion {@code DiskContent.version()} of what was read
 * @param bytesWritten length of what was written, in the format that was written
 * @param digest of the virtual content
 */
public record DiskEvidence(
        String sourceVersion,
        long virtualSize,
        String format,
        @Nullable BlockEncoding encoding,
        long bytesWritten,
        ContentDigest digest) {}
