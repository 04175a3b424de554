package io.vmferry.converter.qcow2;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Siblings;

/**
 * Opens the backing file of a qcow2 image in another format. Handed in by whoever knows all formats, because they don't know
 * each other.
 */
@FunctionalInterface
public interface BackingOpener {
    /**
     * @param format as the qcow2 image states it; never found out by looking at the content, which a guest may have written
     * @param container owned by the image from the call on, and closed when this method throws
     */
    DiskImage open(String format, ByteSource container, Siblings siblings);
}
