package io.vmferry.spi.image;

/** How one block of disk content is compressed. */
public enum BlockEncoding {
    /** RFC 1951 without any wrapper: what a qcow2 cluster holds. It carries no checksum. */
    DEFLATE,
    /** RFC 1950: deflate with 2 bytes before and an Adler-32 of the content behind: what a VMDK grain holds. */
    ZLIB,
    /** One zstd frame: a qcow2 cluster with compression type 1. */
    ZSTD
}
