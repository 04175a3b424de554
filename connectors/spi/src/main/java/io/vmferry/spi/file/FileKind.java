package io.vmferry.spi.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What stands behind a name, links followed. */
public enum FileKind {
    FILE,
    FOLDER,
    /** A disk, partition or logical volume: bytes that can be read and written anywhere, in a fixed number. */
    BLOCK_DEVICE,
    /** A pipe, a terminal, a socket: no bytes to come back to. */
    OTHER;

    /** The bits of a file's mode that tell its kind, and what they are for a block device. */
    private static final int KIND = 0170000;

    private static final int BLOCK = 0060000;

    /** @throws IOException when nothing is there, or it may not be looked at */
    public static FileKind of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
            return FILE;
        }
        if (attributes.isDirectory()) {
            return FOLDER;
        }
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        return unix && ((int) Files.getAttribute(path, "unix:mode") & KIND) == BLOCK ? BLOCK_DEVICE : OTHER;
    }

    /** Whether it is there and a block device. */
    public static boolean isBlockDevice(Path path) {
        try {
            return of(path) == BLOCK_DEVICE;
        } catch (IOException e) {
            return false;
        }
    }
}
