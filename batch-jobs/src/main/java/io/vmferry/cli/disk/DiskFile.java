package io.vmferry.cli.disk;

import io.vmferry.converter.ConverterError;
import io.vmferry.converter.container.ContainerError;
import io.vmferry.converter.container.DiskContainer;
import io.vmferry.converter.container.PackedImage;
import io.vmferry.converter.vmdk.VmdkError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A disk image that was named on the command line. */
public final class DiskFile {
    /** What can be written, for messages. */
    public static final String FORMATS = "raw, qcow2, vmdk, raw.gz or raw.zst";

    private DiskFile() {}

    /** Whether {@code -O} takes it. */
    public static boolean isWritten(String format) {
        return Set.of(FORMATS.split(", | or ")).contains(format);
    }

    /**
     * Opens it for random access, in whatever disk format it has.
     *
     * @param spool folder to unpack into what cannot be read anywhere; null refuses that
     */
    public static DiskImage open(DiskName name, @Nullable Path spool) {
        try {
            if (name.isStandardInput()) {
                return spooled(PackedImage.ofPipe(new StandardInput()), spool);
            }
            DiskContainer container = container(name);
            return container.isPacked() && spool != null ? container.spooled(spool) : container.image();
        } catch (VmferryException e) {
            throw remedied(e);
        }
    }

    /** Opens it to be copied; what is compressed as a whole, or comes through a pipe, passes by once where its format allows. */
    static OpenDisk openToCopy(DiskName name, @Nullable Path spool) {
        try {
            if (name.isStandardInput()) {
                PackedImage pipe = PackedImage.ofPipe(new StandardInput());
                return spool == null ? new OpenDisk.Once(pipe.stream()) : new OpenDisk.Anywhere(spooled(pipe, spool));
            }
            DiskContainer container = container(name);
            if (!container.isPacked()) {
                return new OpenDisk.Anywhere(container.image());
            }
            return spool == null
                    ? new OpenDisk.Once(container.stream())
                    : new OpenDisk.Anywhere(container.spooled(spool));
        } catch (VmferryException e) {
            throw remedied(e);
        }
    }

    private static DiskContainer container(DiskName name) {
        Path file = name.file();
        if (Files.isDirectory(file)) {
            throw IoFailure.reading(file.toString(), new IOException("it is a folder"));
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return DiskContainer.of(FileSource.open(file), new FolderSiblings(folder), name.member());
    }

    private static DiskImage spooled(PackedImage pipe, @Nullable Path spool) {
        if (spool == null) {
            throw new VmferryException(
                    ContainerError.CONTAINER_NOT_SEEKABLE,
                    "standard input",
                    "it cannot be read at any offset",
                    "Store it in a file first.");
        }
        return pipe.spooled(spool);
    }

    /** The converter does not know what can be asked for on a command line. */
    private static VmferryException remedied(VmferryException e) {
        boolean front = e.code() == ConverterError.FORMAT_NOT_STREAMABLE
                || e.code() == ContainerError.CONTAINER_NOT_SEEKABLE
                || e.code() == VmdkError.VMDK_NOT_STREAMABLE;
        return front
                ? new VmferryException(
                        e.code(),
                        e.subject(),
                        e.reason(),
                        "Store it unpacked in a file first, or give --spool FOLDER, where that is done for as long as the command"
                                + " runs.",
                        e)
                : e;
    }

    /** One of {@link #FORMATS} by the usual endings of names. */
    public static Optional<String> formatByName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".qcow2")) {
            return Optional.of("qcow2");
        }
        if (name.endsWith(".vmdk")) {
            return Optional.of("vmdk");
        }
        boolean raw = name.endsWith(".raw") || name.endsWith(".img");
        return raw ? Optional.of("raw") : StreamTarget.formatByName(name);
    }
}
