package io.vmferry.converter;

import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.ImageFormat;
import java.nio.ByteBuffer;

/** A stream whose first bytes were looked at already, and come again. Owns the stream, but not before it was made. */
public final class ReplayedStream implements ByteStream {
    private final ByteStream stream;
    private final ByteBuffer head = ByteBuffer.allocate(ImageFormat.HEAD);

    public ReplayedStream(ByteStream stream) {
        this.stream = stream;
        stream.read(head);
        head.flip();
    }

    /** What formats may look at, before anything was read. */
    public ByteBuffer head() {
        return head.asReadOnlyBuffer();
    }

    @Override
    public String name() {
        return stream.name();
    }

    @Override
    public int read(ByteBuffer target) {
        int n = Math.min(head.remaining(), target.remaining());
        target.put(head.slice(head.position(), n));
        head.position(head.position() + n);
        return target.hasRemaining() ? n + stream.read(target) : n;
    }

    @Override
    public void close() {
        stream.close();
    }
}
