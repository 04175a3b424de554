package io.vmferry.cli.disk;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.target.DiskSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The body of a stream on standard output, which stays open. Whoever reads it learns of a failure by the exit code only. */
final class StandardOutput implements DiskSink.Upload {
    private final FileChannel channel;
    private long position;

    @SuppressWarnings("resource") // Closing the channel would close the process's own descriptor.
    StandardOutput() {
        channel = new FileOutputStream(FileDescriptor.out).getChannel();
    }

    @Override
    public void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes);
            }
        } catch (IOException e) {
            throw IoFailure.writing("standard output at offset " + position, e);
        }
    }

    @Override
    public void complete() {
        // The end of the process is the end of the body.
    }

    @Override
    public void close() {
        // The process's, not ours.
    }
}
