package io.vmferry.cli.disk;

import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.image.ImageWriter;

/** A disk to be copied: one that can be read anywhere, or one that passes by once. */
public sealed interface OpenDisk extends AutoCloseable {
    ImageFacts facts();

    DiskCopy copyTo(ImageWriter writer, CopyOptions options);

    @Override
    void close();

    /** Read anywhere. */
    record Anywhere(DiskImage image) implements OpenDisk {
        @Override
        public ImageFacts facts() {
            return image.facts();
        }

        @Override
        public DiskCopy copyTo(ImageWriter writer, CopyOptions options) {
            return DiskCopy.start(image, writer, options, null, null);
        }

        @Override
        public void close() {
            image.close();
        }
    }

    /** Passes by once. */
    record Once(DiskStream stream) implements OpenDisk {
        @Override
        public ImageFacts facts() {
            return stream.facts();
        }

        @Override
        public DiskCopy copyTo(ImageWriter writer, CopyOptions options) {
            return DiskCopy.start(stream, writer, options);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
