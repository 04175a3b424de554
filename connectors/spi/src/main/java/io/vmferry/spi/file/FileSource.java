package io.vmferry.spi.file;

import io.vmferry.spi.error.IoFailure;
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
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new FileSource(file, channel, name, channel.size());
        } catch (IOException e) {
            throw IoFailure.reading(name, e);
        }
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
