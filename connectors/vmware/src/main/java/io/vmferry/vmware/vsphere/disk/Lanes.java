package io.vmferry.vmware.vsphere.disk;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one disk share: so many connections side by side, and so much memory for what was read ahead. Memory is
 * taken when it is first needed. Safe for many threads.
 */
final class Lanes implements AutoCloseable {
    /** vSphere throttles each connection; fewer than four leave the network idle, more than eight gain nothing. */
    static final int MOST = 8;

    /** Read ahead per disk. Eight disks at a time fit into a heap of 256 MiB, whose size bounds direct memory as well. */
    private static final int MEMORY = 16 << 20;

    private final int connections;
    private final int pieceBytes;
    private final ThreadPoolExecutor readers;
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int left;
    private volatile boolean closed;

    /** @param connections at a time, 1 to 8 */
    Lanes(int connections) {
        this.connections = Math.max(1, Math.min(MOST, connections));
        // Two more than connections: one that is being taken out and one that is done early.
        this.pieceBytes = Math.min(4 << 20, Integer.highestOneBit(MEMORY / (this.connections + 2)));
        this.left = MEMORY / pieceBytes;
        this.readers = new ThreadPoolExecutor(
                this.connections, this.connections, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "vsphere-disk-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        readers.allowCoreThreadTimeOut(true);
    }

    int connections() {
        return connections;
    }

    /** Bytes of a buffer, a power of two; what is read ahead is cut at its multiples. */
    int pieceBytes() {
        return pieceBytes;
    }

    ExecutorService readers() {
        return readers;
    }

    /** @return a buffer of {@link #pieceBytes}, or null when all are in use */
    synchronized @Nullable ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        if (buffer != null) {
            return buffer.clear();
        }
        if (left == 0) {
            return null;
        }
        left--;
        return ByteBuffer.allocateDirect(pieceBytes);
    }

    synchronized void give(ByteBuffer buffer) {
        free.push(buffer);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        readers.shutdownNow();
        synchronized (this) {
            free.clear();
        }
    }
}
