package io.vmferry.converter.copy;

import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes everything and keeps nothing: for reading an image through. */
public final class NoTarget implements ImageWriter {
    private static final int BLOCK = 64 << 10;
    private long position;

    @Override
    public int blockSize() {
        return BLOCK;
    }

    @Override
    public @Nullable BlockEncoding encoding() {
        return null;
    }

    @Override
    public Placement place(List<Block> blocks) {
        if (!blocks.isEmpty()) {
            position = blocks.get(blocks.size() - 1).extent().end();
        }
        return () -> {};
    }

    @Override
    public Checkpoint checkpoint() {
        return new Checkpoint(position, "");
    }

    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public void finish() {
        // Nothing to complete.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
