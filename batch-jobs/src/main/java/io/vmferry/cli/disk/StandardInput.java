package io.vmferry.cli.disk;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.image.ByteStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What comes in on standard input. It stays open. */
final class StandardInput implements ByteStream {
    private final FileChannel channel;
    private long position;

    @SuppressWarnings("resource") // Closing the channel would close the process's own descriptor.
    StandardInput() {
        channel = new FileInputStream(FileDescriptor.in).getChannel();
    }

    @Override
    public String name() {
        return "standard input";
    }

    @Override
    public int read(ByteBuffer target) {
        int start = target.position();
        try {
            while (target.hasRemaining()) {
                int n = channel.read(target);
                if (n < 0) {
                    break;
                }
                position += n;
            }
        } catch (IOException e) {
            throw IoFailure.reading(name() + " at offset " + position, e);
        }
        return target.position() - start;
    }

    @Override
    public void close() {
        // The process's, not ours.
    }
}
