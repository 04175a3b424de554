package io.vmferry.spi.file;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file or block device, opened for reading only. Its length is taken when it is opened. */
public final class FileSource implements ByteSource {
    private final Path file;
    private final FileChannel channel;
    private final String name;
    private final long size;

    private FileSource(Path file, FileChannel channel, String name, long size) {
        this.file = file;
        this.channel = channel;
        this.name = name;
        this.size = size;
    }

    public static FileSource open(Path file) {
        String name = file.toString();
        try {
            FileKind kind = FileKind.of(file);
            if (kind == FileKind.OTHER) {
                // Opening a pipe would wait for whoever fills it.
                throw unreadable(name, "it is neither a file nor a block device", "Store its content in a file first.");
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            long size = channel.size();
            if (size == 0 && kind == FileKind.BLOCK_DEVICE) {
                channel.close();
                throw unreadable(name, "the device is empty or does not tell its size", "Check that it has a medium.");
            }
            return new FileSource(file, channel, name, size);
        } catch (IOException e) {
            throw IoFailure.reading(name, e);
        }
    }

    private static VmferryException unreadable(String name, String reason, String remedy) {
        return new VmferryException(CommonError.FILE_UNREADABLE, name, reason, remedy);
    }

    /** Where the file is. */
    public Path file() {
        return file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        return WholeReads.read(channel, name, offset, target);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoFailure.reading(name, e);
        }
    }
}
