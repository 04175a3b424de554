package io.vmferry.converter.stream;

import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.Checkpoint;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.image.Placement;
import io.vmferry.spi.target.DiskSink;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a disk front to back. Placements are encoded by many threads and sent in the order they were placed. Some MiB of them may
 * be written too early; beyond that a placement waits for the ones before it, which therefore other threads must write.
 */
final class StreamWriter implements ImageWriter {
    private static final int BLOCK = 64 << 10;

    private final BlockStream stream;
    private final DiskSink.Upload upload;
    private final InOrder order;
    private final long virtualSize;
    private long position;
    private long placed;

    StreamWriter(BlockStream stream, DiskSink.Upload upload, long virtualSize) {
        this.stream = stream;
        this.upload = upload;
        this.order = new InOrder(upload);
        this.virtualSize = virtualSize;
    }

    @Override
    public int blockSize() {
        return BLOCK;
    }

    @Override
    public @Nullable BlockEncoding encoding() {
        return stream.encoding();
    }

    @Override
    public boolean wantsCrc32() {
        return stream.wantsCrc32();
    }

    @Override
    public Placement place(List<Block> blocks) {
        long end = position;
        for (Block block : blocks) {
            check(block, end);
            end = block.extent().end();
        }
        position = end;
        long number = placed++;
        return () -> write(number, blocks);
    }

    private void check(Block block, long from) {
        Extent extent = block.extent();
        if (extent.start() != from || extent.end() > virtualSize) {
            throw new IllegalArgumentException(extent + " does not follow " + from);
        }
        EncodedBlock told = extent.encoded();
        boolean ours = told == null || (told.encoding() == stream.encoding() && extent.length() <= BLOCK);
        if (!ours) {
            throw new IllegalArgumentException("a stream in " + stream.encoding() + " cannot take " + extent);
        }
    }

    private void write(long number, List<Block> blocks) {
        try {
            Piece piece = order.piece();
            for (Block block : blocks) {
                encode(block, piece);
            }
            order.bring(number, piece);
        } catch (RuntimeException | Error e) {
            // Those who wait for this piece would wait for ever.
            order.end(e);
            throw e;
        }
    }

    private void encode(Block block, Piece piece) {
        Extent extent = block.extent();
        ByteBuffer payload = block.payload().duplicate();
        switch (extent.kind()) {
            case DATA -> stream.content(payload, piece);
            case ENCODED ->
                stream.encoded(
                        payload,
                        (int) extent.length(),
                        block.crc32(),
                        piece,
                        "compressed block of disk offset " + extent.start());
            case ZERO, HOLE -> stream.zeros(extent.length(), piece);
        }
    }

    /** @throws UnsupportedOperationException always: a stream that broke off begins again */
    @Override
    public Checkpoint checkpoint() {
        throw new UnsupportedOperationException("a stream cannot go on where it was");
    }

    /** Bytes of the body sent so far. */
    @Override
    public long bytesWritten() {
        return order.sent();
    }

    @Override
    public void finish() {
        if (position != virtualSize || order.next() != placed) {
            throw new IllegalStateException(position + " of " + virtualSize + " bytes were placed, " + order.next()
                    + " of " + placed + " pieces sent");
        }
        if (order.sent() == 0) {
            Piece piece = order.piece();
            stream.nothing(piece);
            order.bring(placed++, piece);
        }
        upload.complete();
    }

    @Override
    public void close() {
        order.end(null);
        try (stream) {
            upload.close();
        }
    }
}
