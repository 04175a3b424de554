package io.vmferry.converter;

import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.file.SparseSource;
import io.vmferry.converter.qcow2.Qcow2Format;
import io.vmferry.converter.raw.RawFormat;
import io.vmferry.converter.vmdk.VmdkFormat;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageFormat;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.image.WritableFormat;
import java.nio.ByteBuffer;
import java.util.List;

/** All disk formats there are. The one place that knows them; the formats don't know each other. */
public final class ImageFormats {
    private static final Qcow2Format QCOW2 = new Qcow2Format(
            Codecs.best(), (format, container, siblings) -> readable(format).open(container, siblings));

    private static final VmdkFormat VMDK = new VmdkFormat();

    /** In the order they are asked; raw takes everything and is last. */
    private static final List<ImageFormat> READABLE = List.of(VMDK, QCOW2, new RawFormat());

    private static final List<WritableFormat> WRITABLE = List.of(QCOW2, VMDK, new RawFormat());

    private ImageFormats() {}

    public static List<ImageFormat> readable() {
        return READABLE;
    }

    /** The format of a container, by its first bytes. Raw when it is no other. */
    public static ImageFormat detect(ByteSource container) {
        ByteBuffer head = ByteBuffer.allocate(ImageFormat.HEAD);
        container.read(0, head);
        return detect(head.flip());
    }

    /** As {@link #detect(ByteSource)}, from the first {@link ImageFormat#HEAD} bytes. */
    public static ImageFormat detect(ByteBuffer head) {
        for (ImageFormat format : READABLE) {
            if (format.probe(head.asReadOnlyBuffer())) {
                return format;
            }
        }
        throw new IllegalStateException("raw takes everything");
    }

    /** Opens a container in whatever format it has. The image owns the container, which is closed on failure as well. */
    public static DiskImage open(ByteSource container, Siblings siblings) {
        ImageFormat format;
        try {
            format = detect(container);
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
        return format.open(SparseSource.of(container), SparseSource.of(siblings));
    }

    /**
     * Opens a container that passes by once. The stream owns the container, which is closed on failure as well.
     *
     * @throws VmferryException {@link ConverterError#FORMAT_NOT_STREAMABLE} when it cannot be read without going back
     */
    public static DiskStream openStream(ByteStream container) {
        try {
            ReplayedStream replayed = new ReplayedStream(container);
            ImageFormat format = detect(replayed.head());
            DiskStream stream = format.openStream(replayed);
            if (stream != null) {
                return stream;
            }
            throw new VmferryException(
                    ConverterError.FORMAT_NOT_STREAMABLE,
                    container.name(),
                    "a disk of format " + format.id() + " of this kind cannot be read from a stream",
                    "Store it in a file first.");
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
    }

    /** @throws VmferryException {@link ConverterError#FORMAT_NOT_READABLE} */
    public static ImageFormat readable(String id) {
        return READABLE.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(
                        ConverterError.FORMAT_NOT_READABLE,
                        id,
                        READABLE.stream().map(ImageFormat::id).toList()));
    }

    /** @throws VmferryException {@link ConverterError#FORMAT_NOT_WRITABLE} */
    public static WritableFormat writable(String id) {
        return WRITABLE.stream()
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(
                        ConverterError.FORMAT_NOT_WRITABLE,
                        id,
                        WRITABLE.stream().map(WritableFormat::id).toList()));
    }

    private static VmferryException unknown(ConverterError code, String id, List<String> known) {
        String list = String.join(", ", known);
        return new VmferryException(
                code, "disk format \"" + id + "\"", "it is none of " + list, "Choose one of " + list + ".");
    }
}
