package io.vmferry.spi.image;

/**
 * A compressed block inside its container.
 *
 * @param offset where the payload begins in the container, bytes; -1 in a {@link DiskStream}, which has no offsets to go
 *     back to
 * @param size payload length in bytes. An upper bound where the container stores only sectors (qcow2); the payload then
 *     ends where the compressed data say it does
 */
public record EncodedBlock(BlockEncoding encoding, long offset, int size) {}
