package io.vmferry.spi.report;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ContentDigest;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one disk.
 *
 * @param source path or key at the source
 * @param targetPath file or object it went to
 * @param bytesRead from the source's container by all attempts that led here
 * @param bytesWritten into the target
 * @param position virtual bytes done so far
 * @param digest of the content that was read; null until done
 * @param proof how the written content was checked against it, in words; empty: not
 * @param seconds spent copying, all attempts
 */
public record DiskReport(
        String key,
        String label,
        RunState state,
        String source,
        String targetPath,
        String sourceFormat,
        String format,
        @Nullable BlockEncoding encoding,
        String path,
        long virtualSize,
        long position,
        long bytesRead,
        long bytesWritten,
        @Nullable ContentDigest digest,
        String proof,
        double seconds) {}
