package io.vmferry.cli.disk;

import io.vmferry.batch.BatchError;
import io.vmferry.converter.ImageFormats;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.DiskImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A disk image that was named on the command line. */
public final class DiskFile {
    private static final int HEAD = 512;
    private static final int TAR_MAGIC = 257;

    private DiskFile() {}

    /** Opens it in whatever disk format it has. */
    public static DiskImage open(Path file) {
        if (Files.isDirectory(file)) {
            throw IoFailure.reading(file.toString(), new IOException("it is a folder"));
        }
        FileSource source = FileSource.open(file);
        try {
            refuseArchives(file, source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return ImageFormats.open(source, new FolderSiblings(folder));
    }

    /** Raw takes everything, but a tar or gzip file as the content of a disk is never what was meant. */
    private static void refuseArchives(Path file, FileSource source) {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        source.read(0, head);
        byte[] bytes = head.array();
        String tar = new String(bytes, TAR_MAGIC, 5, StandardCharsets.US_ASCII);
        if (tar.equals("ustar")) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    file.toString(),
                    "it is a tar archive (an OVA), not a disk",
                    "Use 'vmferry import " + file + "', which reads its disks in place.");
        }
        if (bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
            throw new VmferryException(
                    BatchError.BAD_USAGE,
                    file.toString(),
                    "it is compressed with gzip, which cannot be read at any offset",
                    "Unpack it with gunzip first.");
        }
    }

    /** {@code raw}, {@code qcow2} or {@code vmdk} by the usual endings of names. */
    public static Optional<String> formatByName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".qcow2")) {
            return Optional.of("qcow2");
        }
        if (name.endsWith(".vmdk")) {
            return Optional.of("vmdk");
        }
        return name.endsWith(".raw") || name.endsWith(".img") ? Optional.of("raw") : Optional.empty();
    }
}
