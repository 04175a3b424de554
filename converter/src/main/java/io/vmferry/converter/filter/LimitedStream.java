package io.vmferry.converter.filter;

import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** As {@link LimitedImage}, for a disk that passes by once. */
public final class LimitedStream implements DiskStream {
    private final DiskStream stream;
    private final RateLimit limit;
    private volatile boolean released;

    public LimitedStream(DiskStream stream, RateLimit limit) {
        this.stream = stream;
        this.limit = limit;
    }

    /** Ends the waiting, as {@link LimitedImage#release}. */
    public void release() {
        released = true;
    }

    @Override
    public ImageFacts facts() {
        return stream.facts();
    }

    @Override
    public @Nullable Extent next() {
        return stream.next();
    }

    @Override
    public void readPayload(ByteBuffer target) {
        if (!released) {
            limit.take(target.remaining(), () -> released);
        }
        stream.readPayload(target);
    }

    @Override
    public void close() {
        stream.close();
    }
}
