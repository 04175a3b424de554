package io.vmferry.spi.image;

/** Room in an image that was reserved for some blocks; to be written exactly once, by any thread. */
@FunctionalInterface
public interface Placement {
    void write();
}
