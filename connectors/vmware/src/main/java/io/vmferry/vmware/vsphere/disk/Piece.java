package io.vmferry.vmware.vsphere.disk;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A run of data that is being read ahead, or has been. Guarded by its {@link ReadAhead}, but for the future.
 *
 * <p>The buffer goes back only when nobody waits for the piece or copies from it.
 */
final class Piece {
    final long start;
    final long end;
    final ByteBuffer buffer;
    /** Done when the buffer is filled; carries what went wrong. */
    final CompletableFuture<Piece> loaded = new CompletableFuture<>();

    int users;
    long taken;

    Piece(long start, long end, ByteBuffer buffer) {
        this.start = start;
        this.end = end;
        this.buffer = buffer;
    }

    /** All of it was handed out once: a copy will not ask again. */
    boolean usedUp() {
        return taken >= end - start;
    }
}
