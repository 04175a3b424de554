package io.vmferry.spi.image;

/** What a run of virtual disk content is, before anyone reads it. */
public enum ExtentKind {
    /** Bytes that must be read; they may still turn out to be zero. */
    DATA,
    /** Reads as zeros, and the image says so; hides what a backing image has there. */
    ZERO,
    /** Not allocated here: reads as zeros in a whole image, shows the parent in a delta. */
    HOLE,
    /** One compressed block that can be taken as it is, or be read decoded. Never merged with a neighbour. */
    ENCODED;

    /** True when no byte needs to be read to know the content of a whole image. */
    public boolean readsAsZero() {
        return this == ZERO || this == HOLE;
    }
}
