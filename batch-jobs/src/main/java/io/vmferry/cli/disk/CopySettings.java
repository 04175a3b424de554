package io.vmferry.cli.disk;

import io.vmferry.converter.filter.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * What a conversion may be asked beside formats.
 *
 * @param ontoDevice the target is a block device to be written over
 * @param sha256 compute the plain SHA-256 of the raw content
 * @param rate how fast the source is read; null as fast as it goes
 */
public record CopySettings(
        boolean ontoDevice, boolean sha256, @Nullable RateLimit rate) {}
