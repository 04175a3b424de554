package io.vmferry.converter.raw;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A raw disk that passes by, of a length known beforehand and held to it: all of it one run of data. */
final class RawPassing implements DiskStream {
    private static final int SKIP = 64 << 10;

    private final ByteStream container;
    private final ImageFacts facts;
    private long position;
    private boolean begun;

    RawPassing(ByteStream container, long size) {
        this.container = container;
        this.facts = new ImageFacts(RawFormat.ID, "", size, 1, Map.of(), List.of());
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public @Nullable Extent next() {
        if (!begun && virtualSize() > 0) {
            begun = true;
            return Extent.data(0, virtualSize());
        }
        ByteBuffer skipped = ByteBuffer.allocate(SKIP);
        while (position < virtualSize()) {
            readPayload(skipped.clear().limit((int) Math.min(SKIP, virtualSize() - position)));
        }
        if (container.read(skipped.clear().limit(1)) > 0) {
            throw changed("it goes on behind the end of the disk");
        }
        return null;
    }

    @Override
    public void readPayload(ByteBuffer target) {
        if (target.remaining() > virtualSize() - position) {
            throw new IllegalStateException("no payload is left for " + target);
        }
        position += container.read(target);
        if (target.hasRemaining()) {
            throw changed("it ends inside the disk");
        }
    }

    private VmferryException changed(String reason) {
        return new VmferryException(
                CommonError.READ_FAILED,
                container.name() + " at offset " + position,
                reason + ", which should have " + virtualSize() + " bytes",
                "Make sure that nothing else changes the file, then run the same command again.");
    }

    @Override
    public void close() {
        container.close();
    }
}
