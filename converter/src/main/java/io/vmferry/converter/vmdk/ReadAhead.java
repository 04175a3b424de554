package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final Container file;
    private final AtomicReferenceArray<@Nullable Piece> pieces = new AtomicReferenceArray<>(PIECES);

    /** A part of the file. Its buffer is outside the heap and used again, once nobody reads it. */
    private static final class Piece {
        private static final int GONE = -1;

        final long index;
        final ByteBuffer bytes;
        private final AtomicInteger readers = new AtomicInteger();

        Piece(long index, ByteBuffer bytes) {
            this.index = index;
            this.bytes = bytes;
        }

        boolean open() {
            return readers.getAndUpdate(count -> count == GONE ? GONE : count + 1) != GONE;
        }

        void close() {
            readers.decrementAndGet();
        }

        /** True when nobody reads it and from now on nobody can. */
        boolean retire() {
            return readers.compareAndSet(0, GONE);
        }
    }

    ReadAhead(Container file) {
        this.file = file;
    }

    /** Reads the 16 bytes at the start of a sector. */
    GrainMarker marker(long offset) {
        Piece piece = piece(offset / PIECE);
        try {
            int at = (int) (offset % PIECE);
            if (at + 16 <= piece.bytes.limit()) {
                return GrainMarker.parse(piece.bytes, at);
            }
        } finally {
            piece.close();
        }
        // The last grain of a file may be shorter than that together with its marker, if nothing pads it.
        ByteBuffer last = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        file.fill(
                offset,
                last.limit((int) Math.min(16, Math.max(GrainMarker.SIZE, file.size() - offset))),
                "grain marker");
        return GrainMarker.parse(last.clear(), 0);
    }

    /** Fills the target from memory if all of it is there; else leaves it as it is. */
    boolean copy(long offset, ByteBuffer target) {
        int start = target.position();
        for (long at = offset; target.hasRemaining(); ) {
            Piece piece = cached(at / PIECE);
            if (piece == null) {
                target.position(start);
                return false;
            }
            try {
                int from = (int) (at % PIECE);
                int length = Math.min(target.remaining(), piece.bytes.limit() - from);
                if (length <= 0) {
                    target.position(start);
                    return false;
                }
                target.put(target.position(), piece.bytes, from, length);
                target.position(target.position() + length);
                at += length;
            } finally {
                piece.close();
            }
        }
        return true;
    }

    /** Opened for the caller, who closes it. */
    private @Nullable Piece cached(long index) {
        Piece piece = pieces.get((int) (index % PIECES));
        return piece != null && piece.index == index && piece.open() ? piece : null;
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
        int slot = (int) (index % PIECES);
        Piece old = pieces.getAndSet(slot, null);
        // Where the old one is still being read, it goes with the last reader.
        ByteBuffer bytes = old != null && old.retire()
                ? old.bytes.clear()
                : ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.limit((int) Math.min(PIECE, file.size() - index * PIECE));
        file.fill(index * PIECE, bytes, "grain data");
        Piece piece = new Piece(index, bytes.flip());
        piece.open();
        pieces.set(slot, piece);
        return piece;
    }
}
