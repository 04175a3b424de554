package io.vmferry.batch;

import io.vmferry.converter.ImageFormats;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.source.DiskContent;

/** Where sources and converter meet: turns what a source hands out into a disk. */
public final class DiskImages {
    private DiskImages() {}

    /** @param content anything but a stream; owned by the image from now on */
    public static DiskImage image(DiskContent content) {
        if (content instanceof DiskContent.Container container) {
            return ImageFormats.open(container.bytes(), container.siblings());
        }
        if (content instanceof DiskContent.Virtual virtual) {
            return virtual.image();
        }
        throw new IllegalArgumentException("a stream has no random access");
    }

    public static DiskStream stream(DiskContent.Stream content) {
        return ImageFormats.openStream(content.bytes());
    }
}
