package io.vmferry.converter.copy;

import io.vmferry.converter.digest.BlkHash;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Chunks of a disk that passes by once: all reading happens in order, in {@link #claim}. */
final class StreamChunks implements ChunkSource {
    private final DiskStream stream;
    private final String name;
    private final long size;
    private final int grid;
    private final long zeroRun;
    private long position;
    private @Nullable Extent current;
    /** First byte of the current extent that was not taken yet. */
    private long taken;

    /** @param zeroRun most bytes of zeros in a chunk, a multiple of 2 MiB */
    StreamChunks(DiskStream stream, String name, long zeroRun) {
        this.zeroRun = zeroRun;
        this.stream = stream;
        this.name = name;
        this.size = stream.virtualSize();
        this.grid = ChunkSource.grid(stream.facts().blockSize());
    }

    @Override
    public boolean claim(Chunk chunk) {
        Extent extent = extentAtPosition();
        if (extent == null) {
            return false;
        }
        long zeros = wholeZeros(extent);
        if (zeros > position) {
            chunk.begin(position, zeros, true);
            taken = zeros;
        } else {
            chunk.begin(position, Math.min(size, position / grid * grid + chunk.capacity), false);
            fill(chunk, extent);
        }
        position = chunk.end;
        return true;
    }

    @Override
    public void load(Chunk chunk) {
        // Everything was read when it passed by.
    }

    /** The extent that holds the position; null when the stream has proven its end, which must be the disk's. */
    private @Nullable Extent extentAtPosition() {
        Extent extent = current;
        if (extent != null && taken < extent.end()) {
            return extent;
        }
        extent = stream.next();
        current = extent;
        if (extent == null) {
            if (position != size) {
                throw disorder("it ends at disk offset " + position + " of " + size);
            }
            return null;
        }
        if (extent.start() != position || extent.end() > size) {
            throw disorder(extent + " follows disk offset " + position);
        }
        taken = position;
        return extent;
    }

    private long wholeZeros(Extent extent) {
        if (!extent.kind().readsAsZero()) {
            return position;
        }
        long end = Math.min(extent.end(), position + zeroRun);
        return end >= size ? size : Math.max(position, end / grid * grid);
    }

    private void fill(Chunk chunk, Extent first) {
        Extent extent = first;
        while (true) {
            long from = taken;
            long to = Math.min(extent.end(), chunk.end);
            if (extent.kind() == ExtentKind.ENCODED) {
                encoded(chunk, extent);
            } else if (extent.kind() == ExtentKind.DATA) {
                int at = (int) (from - chunk.start);
                stream.readPayload(chunk.content().clear().position(at).limit(at + (int) (to - from)));
                chunk.pieces.add(new Chunk.Piece(Extent.data(from, to - from), -1, 0));
                chunk.bytesRead += to - from;
            } else {
                chunk.pieces.add(new Chunk.Piece(Extent.zero(from, to - from), -1, 0));
            }
            taken = to;
            position = to;
            if (to >= chunk.end) {
                return;
            }
            Extent next = extentAtPosition();
            if (next == null) {
                throw disorder("it ends at disk offset " + position + " of " + size);
            }
            extent = next;
        }
    }

    private void encoded(Chunk chunk, Extent extent) {
        EncodedBlock block = extent.encoded();
        boolean inside = extent.start() >= chunk.start && extent.end() <= chunk.end;
        // What does not shrink grows by a few bytes; a qcow2 cluster tells at most twice its size.
        if (block == null || !inside || block.size() > 2 * Math.max(extent.length(), grid) + BlkHash.BLOCK) {
            throw disorder(extent + " in a chunk from " + chunk.start + " to " + chunk.end);
        }
        ByteBuffer payload = chunk.payload(block.size());
        int at = payload.position();
        payload.limit(at + block.size());
        stream.readPayload(payload);
        payload.limit(payload.capacity());
        chunk.pieces.add(new Chunk.Piece(extent, at, block.size()));
        chunk.bytesRead += block.size();
    }

    private VmferryException disorder(String reason) {
        return new VmferryException(
                CopyError.STREAM_DISORDER, name, reason, "Export or download the disk again, or copy it as a file.");
    }
}
