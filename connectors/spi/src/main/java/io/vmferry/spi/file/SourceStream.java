package io.vmferry.spi.file;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import java.nio.ByteBuffer;

/** A source read front to back. Closing it closes the source. */
public final class SourceStream implements ByteStream {
    private final ByteSource source;
    private long position;

    public SourceStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public int read(ByteBuffer target) {
        int n = source.read(position, target);
        position += n;
        return n;
    }

    @Override
    public void close() {
        source.close();
    }
}
