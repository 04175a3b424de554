package io.vmferry.converter.container;

import io.vmferry.spi.image.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A source for a tar reader, which keeps every header it finds: a file of nothing but headers must not fill the memory, so only so
 * many bytes are handed out. Does not own the source.
 */
final class SourceChannel implements SeekableByteChannel {
    /** 65,536 members of one header each; a real archive of disks has a dozen. */
    private static final long MOST = 32L << 20;

    private final ByteSource source;
    private long position;
    private long left = MOST;

    SourceChannel(ByteSource source) {
        this.source = source;
    }

    boolean exhausted() {
        return left <= 0;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (left <= 0) {
            throw new IOException("more than " + MOST + " bytes of headers");
        }
        int n = position < source.size() ? source.read(position, target) : 0;
        position += n;
        left -= n;
        return n == 0 && target.hasRemaining() ? -1 : n;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        throw new IOException("read only");
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        throw new IOException("read only");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // The opener's.
    }
}
