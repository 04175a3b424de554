package io.vmferry.kubevirt.directory;

import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, also after a crash. */
final class AtomicFile {
    private static final String PREFIX = ".vmferry-";
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {}

    /** Puts a text under a name in place of what was there; durable when this returns. */
    static void write(Path file, String text) {
        Path temporary = temporary(file);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(temporary, file);
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }

    /** Renames within a folder, durably. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path folder = to.toAbsolutePath().getParent();
        if (folder != null) {
            forceFolder(folder);
        }
    }

    /** Whether a name is that of a file a crash may have left of {@link #write}. */
    static boolean isTemporary(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    private static Path temporary(Path file) {
        return file.resolveSibling(PREFIX + file.getFileName() + SUFFIX);
    }

    /** Makes names in a folder durable. Systems that cannot open a folder (Windows) do so by themselves. */
    private static void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
