package io.vmferry.cli.disk;

import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.filter.LimitedImage;
import io.vmferry.converter.filter.LimitedStream;
import io.vmferry.converter.filter.RateLimit;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.image.ImageWriter;
import org.jspecify.annotations.Nullable;

/** A disk to be copied: one that can be read anywhere, or one that passes by once. */
public sealed interface OpenDisk extends AutoCloseable {
    ImageFacts facts();

    DiskCopy copyTo(ImageWriter writer, CopyOptions options);

    /** The same disk, read no faster than so; null as it is. Closing that one closes this one. */
    OpenDisk limitedTo(@Nullable RateLimit rate);

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
        public OpenDisk limitedTo(@Nullable RateLimit rate) {
            return rate == null ? this : new Anywhere(new LimitedImage(image, rate));
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
        public OpenDisk limitedTo(@Nullable RateLimit rate) {
            return rate == null ? this : new Once(new LimitedStream(stream, rate));
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
