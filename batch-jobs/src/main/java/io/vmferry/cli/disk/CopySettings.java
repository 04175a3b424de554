package io.vmferry.cli.disk;

import io.vmferry.converter.filter.RateLimit;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a conversion may be asked beside from where to where.
 *
 * @param spool folder to unpack into what cannot be read as it passes by; null refuses that
 * @param rate how fast the source is read; null as fast as it goes
 * @param threads workers of the copy
 * @param verify check compressed blocks and compute the content digest
 * @param sha256 compute the plain SHA-256 of the raw content
 * @param compression how blocks of the target are stored
 * @param level of what is compressed here; null for the usual one
 * @param ontoDevice the target is a block device to be written over
 * @param sync wait until the result is on the medium
 */
public record CopySettings(
        @Nullable Path spool,
        @Nullable RateLimit rate,
        int threads,
        boolean verify,
        boolean sha256,
        Compression compression,
        @Nullable Integer level,
        boolean ontoDevice,
        boolean sync) {}
