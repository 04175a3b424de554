package io.vmferry.batch.migration;

import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes everything and keeps nothing: a copy into it only computes the digest. */
final class NoWriter implements ImageWriter {
    private static final Placement NOWHERE = () -> {};

    @Override
    public int blockSize() {
        return 1 << 16;
    }

    @Override
    public @Nullable BlockEncoding encoding() {
        return null;
    }

    @Override
    public Placement place(List<Block> blocks) {
        return NOWHERE;
    }

    @Override
    public Checkpoint checkpoint() {
        throw new UnsupportedOperationException("nothing is kept that could be continued");
    }

    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public void finish() {
        // Nothing was written.
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}
