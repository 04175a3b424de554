package io.vmferry.converter.raw;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes content where it belongs. On a file zeros are left out and become holes; on a device, whose old content cannot be
 * cut away, they are zeroed.
 */
final class RawWriter implements ImageWriter {
    /** Finer would make files a little sparser and writes smaller. */
    private static final int BLOCK = 64 << 10;

    private final ByteStore store;
    private final long virtualSize;
    private final boolean startsZero;
    private long position;
    private long written;

    private RawWriter(ByteStore store, long virtualSize, boolean startsZero, long position, long written) {
        this.store = store;
        this.virtualSize = virtualSize;
        this.startsZero = startsZero;
        this.position = position;
        this.written = written;
    }

    static RawWriter open(ByteStore store, long virtualSize, @Nullable Checkpoint from) {
        long position = from == null ? 0 : from.position();
        long written = from == null ? 0 : writtenOf(from);
        // Whatever a file holds behind the checkpoint is garbage of the attempt before. A device keeps its length.
        store.resize(Math.min(position, store.size()));
        boolean startsZero = store.size() <= position;
        return new RawWriter(store, virtualSize, startsZero, position, written);
    }

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
        for (Block block : blocks) {
            Extent extent = block.extent();
            if (extent.start() != position || extent.end() > virtualSize) {
                throw new IllegalArgumentException(extent + " does not follow " + position);
            }
            position = extent.end();
            if (extent.kind() == ExtentKind.ENCODED) {
                throw new IllegalArgumentException("a raw image cannot hold " + extent);
            }
            if (extent.kind() == ExtentKind.DATA) {
                written += extent.length();
            }
        }
        return () -> write(blocks);
    }

    private void write(List<Block> blocks) {
        for (Block block : blocks) {
            Extent extent = block.extent();
            if (extent.kind() == ExtentKind.DATA) {
                store.write(extent.start(), block.payload().duplicate());
            } else if (!startsZero) {
                store.zero(extent.start(), extent.length());
            }
        }
    }

    @Override
    public Checkpoint checkpoint() {
        if (store.size() < position) {
            // Else a continuation could not tell what lies between the last content and here from what came later.
            store.resize(position);
        }
        store.force();
        return new Checkpoint(position, Long.toString(written));
    }

    @Override
    public long bytesWritten() {
        return written;
    }

    @Override
    public void finish() {
        if (position != virtualSize) {
            throw new IllegalStateException("only " + position + " of " + virtualSize + " bytes were placed");
        }
        if (store.size() < virtualSize || startsZero) {
            store.resize(virtualSize);
        }
        store.force();
    }

    @Override
    public void close() {
        // The store is the caller's.
    }

    private static long writtenOf(Checkpoint from) {
        try {
            return Long.parseLong(from.state());
        } catch (NumberFormatException e) {
            throw new VmferryException(
                    CommonError.INTERNAL,
                    "checkpoint " + from.position() + " of a raw image",
                    "its state \"" + from.state() + "\" is not a raw writer's",
                    "Start the copy of this disk from the beginning.",
                    e);
        }
    }
}
