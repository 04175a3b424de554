package io.vmferry.vmware.files.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Lets a tar reader read only so many bytes of headers: it keeps every header it finds, and a file of nothing but headers
 * must not fill the memory. Does not own the channel.
 */
final class HeaderChannel implements SeekableByteChannel {
    /** 65,536 members of one header each; a real OVA has a dozen. */
    private static final long MOST = 32L << 20;

    private final SeekableByteChannel channel;
    private long left = MOST;

    HeaderChannel(SeekableByteChannel channel) {
        this.channel = channel;
    }

    boolean exhausted() {
        return left <= 0;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (left <= 0) {
            throw new IOException("more than " + MOST + " bytes of headers");
        }
        int n = channel.read(target);
        left -= Math.max(n, 0);
        return n;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        throw new IOException("read only");
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        throw new IOException("read only");
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        // The opener's.
    }
}
