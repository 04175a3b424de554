package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether a file is read front to back and, the longer it is, reads the farther ahead on all connections. A reader that
 * jumps about gets just what it asks for. Zeros that the map knows of are jumped over. Safe for many threads.
 */
final class ReadAhead implements AutoCloseable {
    /** A reader with several threads does not ask in exact order; in pieces. */
    private static final int SLACK = 4;
    /** Small reads farther apart than this are not worth everything between them. */
    private static final int SMALL_SLACK = 256 << 10;
    /** So many small reads in a row are a reader who goes on. */
    private static final int SMALL_STREAK = 4;

    private final RangeReader reader;
    private final AllocationMap map;
    private final long size;
    private final Lanes lanes;
    private final String name;

    // Guarded by this.
    private final Map<Long, Piece> pieces = new LinkedHashMap<>();
    private long frontier;
    private int streak;
    private long smallFrontier;
    private int smallStreak;

    ReadAhead(String name, RangeReader reader, AllocationMap map, long size, Lanes lanes) {
        this.name = name;
        this.reader = reader;
        this.map = map;
        this.size = size;
        this.lanes = lanes;
    }

    /** Whether to read here: what is here already, what is large, or one of many small reads that follow each other. */
    synchronized boolean suits(long offset, int length) {
        if (length >= SmallPages.SIZE || pieces.containsKey(startOf(offset))) {
            return true;
        }
        boolean onward = offset >= smallFrontier - SMALL_SLACK && offset <= smallFrontier + SMALL_SLACK;
        smallStreak = onward ? smallStreak + 1 : 0;
        smallFrontier = offset + length;
        return smallStreak >= SMALL_STREAK;
    }

    /** Fills the target up to its limit with data; there must be no known zeros in the range. */
    void read(long offset, ByteBuffer target) {
        int limit = target.limit();
        long at = offset;
        while (target.position() < limit) {
            Piece piece = piece(at, limit - target.position());
            long end = piece == null ? at + limit - target.position() : piece.end;
            int n = (int) Math.min(limit - target.position(), end - at);
            target.limit(target.position() + n);
            try {
                if (piece == null) {
                    reader.fill(at, target);
                } else {
                    copy(piece, at, target);
                }
            } finally {
                target.limit(limit);
            }
            at += n;
        }
    }

    /** The piece at the offset, with one more user; null when the caller should read by himself. */
    private synchronized @Nullable Piece piece(long offset, int length) {
        follow(offset, length);
        if (streak > 0) {
            schedule(offset);
        }
        Piece piece = pieces.get(startOf(offset));
        if (piece != null) {
            piece.users++;
        }
        return piece;
    }

    private void follow(long offset, int length) {
        long slack = (long) SLACK * lanes.pieceBytes();
        long next = Math.min(size, map.zerosUntil(frontier));
        boolean onward = offset >= frontier - slack && offset <= next + slack;
        if (onward) {
            streak = Math.min(streak + 1, lanes.connections());
            frontier = Math.max(frontier, offset + length);
        } else {
            streak = 0;
            frontier = offset + length;
        }
    }

    /** Sends out for the piece at the offset and for more behind it, one further with each read of a streak. */
    private void schedule(long offset) {
        long at = offset;
        for (int i = 0; i <= 2 * streak && i <= lanes.connections() && at < size; i++) {
            at = Math.max(at, map.zerosUntil(at));
            if (at >= size) {
                return;
            }
            long start = startOf(at);
            long end = endOf(at);
            if (!pieces.containsKey(start) && !send(start, end)) {
                return;
            }
            at = end;
        }
    }

    private boolean send(long start, long end) {
        ByteBuffer buffer = lanes.take();
        if (buffer == null) {
            buffer = takeFromIdlePiece(start);
        }
        if (buffer == null) {
            return false;
        }
        Piece piece = new Piece(start, end, buffer);
        try {
            lanes.readers().execute(() -> load(piece));
        } catch (RejectedExecutionException e) {
            return false; // Closed meanwhile; the next read says so.
        }
        pieces.put(start, piece);
        return true;
    }

    private void load(Piece piece) {
        try {
            reader.fill(piece.start, piece.buffer.limit((int) (piece.end - piece.start)));
            piece.loaded.complete(piece);
        } catch (Throwable e) {
            synchronized (this) {
                pieces.remove(piece.start, piece);
                if (piece.users == 0) {
                    lanes.give(piece.buffer.clear());
                }
            }
            piece.loaded.completeExceptionally(e);
        }
    }

    /** What lies before the current place was jumped over; what lies ahead is kept. */
    private @Nullable ByteBuffer takeFromIdlePiece(long before) {
        for (Iterator<Piece> i = pieces.values().iterator(); i.hasNext(); ) {
            Piece piece = i.next();
            boolean passed = piece.end <= before - (long) SLACK * lanes.pieceBytes() || piece.start > before;
            if (passed && piece.users == 0 && piece.loaded.isDone()) {
                i.remove();
                return piece.buffer.clear();
            }
        }
        return null;
    }

    private void copy(Piece piece, long offset, ByteBuffer target) {
        int length = target.remaining();
        boolean whole = false;
        try {
            piece.loaded.get();
            target.put(piece.buffer.slice((int) (offset - piece.start), length));
            whole = true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VmferryException failure) {
                throw failure;
            }
            throw new IllegalStateException("reading ahead in " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED, name, "somebody asked to stop", "Run the same command again.", e);
        } finally {
            done(piece, whole ? length : 0);
        }
    }

    private synchronized void done(Piece piece, int length) {
        piece.users--;
        piece.taken += length;
        boolean known = pieces.get(piece.start) == piece;
        if (piece.users == 0 && piece.loaded.isDone() && (piece.usedUp() || !known)) {
            pieces.remove(piece.start, piece);
            lanes.give(piece.buffer.clear());
        }
    }

    /** Nobody waits any longer for what nobody fetches any more. */
    @Override
    public synchronized void close() {
        VmferryException closed = new VmferryException(
                CommonError.CANCELLED, name, "it was closed while it was read", "Run the same command again.");
        pieces.values().forEach(piece -> piece.loaded.completeExceptionally(closed));
        pieces.clear();
    }

    /** Pieces are cut at multiples of their size and where zeros are, so that everybody cuts the same ones. */
    private long startOf(long offset) {
        long grid = offset / lanes.pieceBytes() * lanes.pieceBytes();
        long start = Math.max(grid, map.zerosUntil(grid));
        // Further runs of data in the same cell of the grid.
        while (start <= offset && map.dataUntil(start) <= offset) {
            start = map.zerosUntil(map.dataUntil(start));
        }
        return start;
    }

    private long endOf(long offset) {
        long grid = (offset / lanes.pieceBytes() + 1) * lanes.pieceBytes();
        return Math.min(Math.min(grid, size), map.dataUntil(offset));
    }
}
