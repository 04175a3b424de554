package io.vmferry.converter.copy;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import java.nio.ByteBuffer;

/** Chunks of an image that can be read anywhere: where they are is found out in order, the bytes are read side by side. */
final class ImageChunks implements ChunkSource {
    private final DiskImage image;
    private final long size;
    private final int grid;
    private final long zeroRun;
    private long position;

    /** @param zeroRun most bytes of zeros in a chunk, a multiple of 2 MiB */
    ImageChunks(DiskImage image, long from, long zeroRun) {
        this.image = image;
        this.zeroRun = zeroRun;
        this.size = image.virtualSize();
        this.position = from;
        this.grid = ChunkSource.grid(image.facts().blockSize());
    }

    @Override
    public boolean claim(Chunk chunk) {
        if (position >= size) {
            return false;
        }
        Extent extent = image.extentAt(position);
        long zeros = extent.kind().readsAsZero() ? zerosFrom(extent) : position;
        if (zeros > position) {
            chunk.begin(position, zeros, true);
        } else {
            long end = Math.min(size, position / grid * grid + chunk.capacity);
            chunk.begin(position, end, false);
            cut(chunk, extent);
        }
        position = chunk.end;
        return true;
    }

    /** End of the whole blocks of zeros that begin at the position, or the position when there is none. */
    private long zerosFrom(Extent first) {
        long end = first.end();
        while (end < size && end - position < zeroRun) {
            Extent next = image.extentAt(end);
            if (!next.kind().readsAsZero()) {
                break;
            }
            end = next.end();
        }
        end = Math.min(end, position + zeroRun);
        return end >= size ? size : Math.max(position, end / grid * grid);
    }

    private void cut(Chunk chunk, Extent first) {
        Extent extent = first;
        long at = chunk.start;
        while (true) {
            long to = Math.min(extent.end(), chunk.end);
            boolean whole = extent.start() >= chunk.start && extent.end() <= chunk.end;
            Extent part = extent;
            if (!whole || extent.start() != at) {
                part = extent.kind().readsAsZero() ? Extent.zero(at, to - at) : Extent.data(at, to - at);
            }
            chunk.pieces.add(new Chunk.Piece(part, -1, 0));
            at = to;
            if (at >= chunk.end) {
                return;
            }
            extent = image.extentAt(at);
        }
    }

    @Override
    public void load(Chunk chunk) {
        for (int i = 0; i < chunk.pieces.size(); i++) {
            Extent extent = chunk.pieces.get(i).extent();
            EncodedBlock block = extent.encoded();
            if (extent.kind().readsAsZero()) {
                continue;
            }
            if (block != null && block.size() <= chunk.payload().remaining()) {
                ByteBuffer payload = chunk.payload();
                int at = payload.position();
                payload.limit(at + block.size());
                image.readEncoded(extent, payload);
                payload.limit(payload.capacity());
                chunk.pieces.set(i, new Chunk.Piece(extent, at, block.size()));
                chunk.bytesRead += block.size();
            } else {
                // Also an encoded block whose stored size is out of all proportion: the image has its own say on that.
                read(chunk, extent.start(), (int) extent.length());
                chunk.pieces.set(i, new Chunk.Piece(Extent.data(extent.start(), extent.length()), -1, 0));
                chunk.bytesRead += extent.length();
            }
        }
    }

    private void read(Chunk chunk, long start, int length) {
        int at = (int) (start - chunk.start);
        image.read(start, chunk.content().clear().position(at).limit(at + length));
    }
}
