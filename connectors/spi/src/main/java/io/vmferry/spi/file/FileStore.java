package io.vmferry.spi.file;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.image.ByteStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that is written as a sparse file. The JDK has no call to punch a hole, so {@link #zero} makes holes only behind the
 * end; before it, zeros are written.
 */
public final class FileStore implements ByteStore {
    private static final int ZEROS = 1 << 20;

    private final FileChannel channel;
    private final String name;
    /** Writes to one file take turns in the kernel as well, but whoever waits for his turn there keeps a core busy with it. */
    private final ReentrantLock turn = new ReentrantLock();

    private FileStore(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    /** Opens an existing file with its content, or creates an empty one. */
    public static FileStore open(Path file) {
        try {
            return new FileStore(
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.SPARSE),
                    file.toString());
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw IoFailure.reading(name, e);
        }
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        return WholeReads.read(channel, name, offset, target);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        long at = offset;
        turn.lock();
        try {
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        } catch (IOException e) {
            throw IoFailure.writing(name + " at offset " + at, e);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void zero(long offset, long length) {
        long size = size();
        long end = offset + length;
        if (end >= size) {
            // Everything from the offset on is zero afterwards: cutting and growing leaves a hole.
            if (offset < size) {
                resize(offset);
            }
            resize(end);
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, length));
        for (long at = offset; at < end; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), end - at));
            write(at, zeros);
        }
    }

    @Override
    public void resize(long newSize) {
        try {
            long size = channel.size();
            if (newSize < size) {
                channel.truncate(newSize);
            } else if (newSize > size) {
                // FileChannel cannot grow a file but by writing; one zero byte at the end leaves a hole before it.
                channel.write(ByteBuffer.allocate(1), newSize - 1);
            }
        } catch (IOException e) {
            throw IoFailure.writing(name, e);
        }
    }

    @Override
    public void force() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw IoFailure.writing(name, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoFailure.writing(name, e);
        }
    }
}
