package io.vmferry.spi.plan;

/**
 * What opening a disk told, without reading its content.
 *
 * @param format and variant as in {@code ImageFacts}
 * @param virtualSize bytes
 * @param dataBytes virtual bytes that are neither hole nor zero
 * @param storedBytes bytes the container needs for them (compressed size where they are compressed)
 * @param encodedBytes part of dataBytes that lies in compressed blocks
 * @param blockSize grain or cluster size, bytes
 */
public record ImageSummary(
        String format,
        String variant,
        long virtualSize,
        long dataBytes,
        long storedBytes,
        long encodedBytes,
        int blockSize) {}
