package io.vmferry.cli.disk;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.target.DiskSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The body of a stream on its way into a file or to standard output. */
final class ChannelUpload implements DiskSink.Upload {
    private final FileChannel channel;
    private final String name;
    private final boolean file;
    private final boolean sync;
    private long position;

    private ChannelUpload(FileChannel channel, String name, boolean file, boolean sync) {
        this.channel = channel;
        this.name = name;
        this.file = file;
        this.sync = sync;
    }

    /**
     * Into a new file.
     *
     * @param sync whether it is on the medium when the body is complete
     */
    static ChannelUpload create(Path file, boolean sync) {
        try {
            return new ChannelUpload(
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    file.toString(),
                    true,
                    sync);
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }

    /** To standard output, which stays open. Whoever reads it learns of a failure by the exit code only. */
    @SuppressWarnings("resource") // Closing the channel would close the process's own descriptor.
    static ChannelUpload standardOutput() {
        return new ChannelUpload(
                new FileOutputStream(FileDescriptor.out).getChannel(), "standard output", false, false);
    }

    @Override
    public void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes);
            }
        } catch (IOException e) {
            throw IoFailure.writing(name + " at offset " + position, e);
        }
    }

    @Override
    public void complete() {
        try {
            if (sync) {
                channel.force(true);
            }
            if (file) {
                channel.close();
            }
        } catch (IOException e) {
            throw IoFailure.writing(name, e);
        }
    }

    @Override
    public void close() {
        try {
            if (file) {
                channel.close();
            }
        } catch (IOException e) {
            throw IoFailure.writing(name, e);
        }
    }
}
