package io.vmferry.vmware.files.manifest;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies of bytes that readers saw, waiting to be hashed in order: everything below {@link #next} was taken already. Bounded;
 * not thread-safe, its owner holds a lock.
 */
final class SeenBytes {
    /** A run of bytes of the file. Holds an array, so no record. */
    static final class Piece {
        private final long start;
        private final byte[] bytes;
        private final int length;

        /** @param start first byte, from the start of the file */
        Piece(long start, byte[] bytes, int length) {
            this.start = start;
            this.bytes = bytes;
            this.length = length;
        }

        long start() {
            return start;
        }

        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }

        long end() {
            return start + length;
        }
    }

    /** A read under way. */
    record Flight(long start, long end) {}

    /** After a run of this many bytes that were read one after the other, readers are past a gap and not just probing. */
    private static final long RUN = 4L << 20;

    /** A jump this far is the start of something else; readers that work in parallel are nearer to each other. */
    private static final long JUMP = 24L << 20;

    private final long most;
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private long kept;
    private long next;
    private long runStart;
    private long runEnd;
    private long runBytes;
    private long lastEnd;

    /** @param most bytes that are kept at a time */
    SeenBytes(long most) {
        this.most = most;
    }

    /** First byte that is still to be hashed. */
    long next() {
        return next;
    }

    long kept() {
        return kept;
    }

    /** Whether reading goes on steadily somewhere, as a copy does, and not here and there, as opening an image does. */
    boolean steady() {
        return runBytes >= RUN && runBytes * 2 >= runEnd - runStart;
    }

    boolean hasRoom(int length) {
        return kept + length <= most;
    }

    /** Where readers have got to in the run they are on. */
    long runEnd() {
        return runEnd;
    }

    /** Follows where readers are; called for every read. */
    void follow(long start, long length) {
        if (Math.abs(start - lastEnd) <= JUMP) {
            runStart = Math.min(runStart, start);
            runEnd = Math.max(runEnd, start + length);
            runBytes += length;
        } else {
            runStart = start;
            runEnd = start + length;
            runBytes = length;
        }
        lastEnd = start + length;
    }

    /** Whether everything from {@link #next} up to {@code position} is kept or being read, so that waiting must end. */
    boolean coveredUpTo(long position, Collection<Flight> flights) {
        long reached = next;
        while (reached < position) {
            long further = reached;
            Map.Entry<Long, Piece> at = pieces.floorEntry(reached);
            if (at != null) {
                further = Math.max(further, at.getValue().end());
            }
            for (Flight flight : flights) {
                if (flight.start() <= reached) {
                    further = Math.max(further, flight.end());
                }
            }
            if (further == reached) {
                return false;
            }
            reached = further;
        }
        return true;
    }

    /** Whether a piece would add something. */
    boolean wants(long start, long end) {
        if (end <= next) {
            return false;
        }
        Map.Entry<Long, Piece> at = pieces.floorEntry(start);
        return at == null || at.getValue().end() < end;
    }

    void keep(Piece piece) {
        @Nullable Piece before = pieces.put(piece.start(), piece);
        kept += piece.length() - (before == null ? 0 : before.length());
    }

    /** Makes room by giving up what lies farthest ahead, but nothing at or below {@code start}. */
    void dropBeyond(long start, int room) {
        while (!hasRoom(room) && !pieces.isEmpty()) {
            Piece last = pieces.lastEntry().getValue();
            if (last.start() <= start) {
                return;
            }
            pieces.remove(last.start());
            kept -= last.length();
        }
    }

    /** The piece that holds the next byte, taken out; null when it was not seen. {@link #next} moves to its end. */
    @Nullable
    Piece take() {
        while (!pieces.isEmpty()) {
            Piece first = pieces.firstEntry().getValue();
            if (first.start() > next) {
                return null;
            }
            pieces.remove(first.start());
            kept -= first.length();
            if (first.end() > next) {
                next = first.end();
                return first;
            }
        }
        return null;
    }

    /** Bytes from {@link #next} to the first piece; {@code Long.MAX_VALUE} when nothing is kept. */
    long gap() {
        return pieces.isEmpty() ? Long.MAX_VALUE : Math.max(0, pieces.firstKey() - next);
    }

    /** The bytes up to here were hashed without having been seen. */
    void skipTo(long position) {
        next = Math.max(next, position);
    }

    void clear() {
        pieces.clear();
        kept = 0;
    }
}
