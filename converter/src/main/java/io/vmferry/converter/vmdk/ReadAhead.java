package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few large pieces of a file, kept for a while. Grain markers are 12 bytes every few dozen kilobytes; walking over them
 * this way costs one large sequential read per piece, and the payloads asked for shortly after come from memory. Safe for
 * many threads.
 */
final class ReadAhead {
    private static final int PIECE = 256 << 10;
    private static final int PIECES = 16;

    private record Piece(long index, ByteBuffer bytes) {}

    private final Container file;
    private final AtomicReferenceArray<@Nullable Piece> pieces = new AtomicReferenceArray<>(PIECES);

    ReadAhead(Container file) {
        this.file = file;
    }

    /** Reads the 16 bytes at the start of a sector. */
    GrainMarker marker(long offset) {
        ByteBuffer bytes = piece(offset / PIECE).bytes;
        int at = (int) (offset % PIECE);
        if (at + 16 <= bytes.limit()) {
            return GrainMarker.parse(bytes, at);
        }
        // The last grain of a file may be shorter than that together with its marker, if nothing pads it.
        ByteBuffer last = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        file.fill(
                offset,
                last.limit((int) Math.min(16, Math.max(GrainMarker.SIZE, file.size() - offset))),
                "grain marker");
        return GrainMarker.parse(last.clear(), 0);
    }

    /** Fills the target from memory if all of it is there. */
    boolean copy(long offset, ByteBuffer target) {
        int length = target.remaining();
        long first = offset / PIECE;
        long last = (offset + length - 1) / PIECE;
        if (last - first > 1) {
            return false;
        }
        Piece a = cached(first);
        Piece b = first == last ? a : cached(last);
        int from = (int) (offset % PIECE);
        int ofFirst = Math.min(length, PIECE - from);
        if (a == null || b == null || from + ofFirst > a.bytes.limit() || length - ofFirst > b.bytes.limit()) {
            return false;
        }
        target.put(a.bytes.slice(from, ofFirst));
        if (ofFirst < length) {
            target.put(b.bytes.slice(0, length - ofFirst));
        }
        return true;
    }

    private @Nullable Piece cached(long index) {
        Piece piece = pieces.get((int) (index % PIECES));
        return piece != null && piece.index == index ? piece : null;
    }

    private Piece piece(long index) {
        Piece piece = cached(index);
        return piece != null ? piece : load(index);
    }

    private synchronized Piece load(long index) {
        Piece loaded = cached(index);
        if (loaded != null) {
            return loaded;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(PIECE, file.size() - index * PIECE))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.fill(index * PIECE, bytes, "grain data");
        Piece piece = new Piece(index, bytes.flip());
        pieces.set((int) (index % PIECES), piece);
        return piece;
    }
}
