package io.vmferry.converter.file;

import io.vmferry.spi.file.ForwardingStore;
import io.vmferry.spi.image.ByteStore;

/**
 * A file or device in which zeros become holes also where something else stood before: {@code fallocate} gives the room back, on
 * 64-bit Linux with JNA and a file system or device that can. Else the kernel is asked to write zeros, and else they are written
 * here. The content is the same each way.
 */
final class PunchingStore extends ForwardingStore {
    /** Holes begin and end where blocks of file systems and sectors of devices do. */
    private static final long ALIGNED = 4096;
    /** So that no call lasts long where the kernel has to write. */
    private static final long PIECE = 16 << 20;

    private final Eraser eraser;
    /** What turned out not to work is not tried again. */
    private volatile boolean punches = true;

    private volatile boolean zeroes = true;

    PunchingStore(ByteStore store, Eraser eraser) {
        super(store);
        this.eraser = eraser;
    }

    @Override
    public void zero(long offset, long length) {
        long end = offset + length;
        if (end > store.size()) {
            // A file is cut and grows again; a device says no.
            store.zero(offset, length);
            return;
        }
        long from = Math.min(end, (offset + ALIGNED - 1) / ALIGNED * ALIGNED);
        long to = Math.max(from, end / ALIGNED * ALIGNED);
        if (from > offset) {
            store.zero(offset, from - offset);
        }
        if (to > from) {
            erase(from, to);
        }
        if (end > to) {
            store.zero(to, end - to);
        }
    }

    private void erase(long from, long to) {
        if (punches && eraser.punch(from, to - from)) {
            return;
        }
        punches = false;
        for (long at = from; at < to; at += PIECE) {
            long length = Math.min(PIECE, to - at);
            if (!zeroes || !eraser.zero(at, length)) {
                zeroes = false;
                store.zero(at, length);
            }
        }
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            eraser.close();
        }
    }
}
