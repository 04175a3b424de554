package io.vmferry.converter.container;

import io.vmferry.converter.file.SparseSource;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacks a stream into a file without a name, for what has to be read anywhere. */
final class Spool {
    private static final int BLOCK = 64 << 10;

    private Spool() {}

    /**
     * Reads the stream to its proven end and closes it.
     *
     * @param folder where the file goes for as long as it is open; zeros become holes
     * @return the content under the stream's name
     */
    static ByteSource unpack(ByteStream packed, Path folder) {
        try (packed) {
            Path file = Files.createTempFile(folder, ".vmferry-", ".spool");
            // For the time until it is opened for reading; from then on it has no name to be left behind.
            file.toFile().deleteOnExit();
            try {
                fill(packed, file);
                FileSource spooled = FileSource.open(file);
                return new SourceRange(SparseSource.of(spooled), packed.name(), 0, spooled.size());
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw IoFailure.writing(folder.toString(), e);
        }
    }

    private static void fill(ByteStream packed, Path file) {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
        try (FileStore store = FileStore.open(file)) {
            long position = 0;
            for (int n = packed.read(block.clear()); n > 0; n = packed.read(block.clear())) {
                block.flip();
                if (block.mismatch(zeros.clear().limit(n)) >= 0) {
                    store.write(position, block);
                }
                position += n;
            }
            store.resize(position);
        }
    }
}
