package io.vmferry.rules.model;

import java.util.OptionalInt;

/**
 * How disks are moved.
 *
 * @param threads for decoding, encoding and digests; empty: as many as the machine has processors
 */
public record Transfer(
        Format format, Compression compression, int parallelVms, int parallelDisks, OptionalInt threads) {
    public static final Transfer DEFAULT = new Transfer(Format.QCOW2, Compression.AUTO, 2, 2, OptionalInt.empty());

    /** Format of what is written. */
    public enum Format {
        QCOW2,
        RAW
    }

    /** How blocks are compressed in what is written. */
    public enum Compression {
        /** Blocks that come compressed stay compressed, plain ones stay plain. */
        AUTO,
        NONE,
        ZLIB,
        ZSTD
    }
}
