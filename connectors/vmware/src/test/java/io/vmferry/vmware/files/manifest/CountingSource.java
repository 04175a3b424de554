package io.vmferry.vmware.files.manifest;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes in memory that count how often each block of 4 KiB was read. */
final class CountingSource implements ByteSource {
    private static final int BLOCK = 4096;

    private final byte[] bytes;
    private final AtomicIntegerArray reads;
    private final AtomicLong total = new AtomicLong();
    private volatile boolean closed;

    CountingSource(byte[] bytes) {
        this.bytes = bytes;
        this.reads = new AtomicIntegerArray(bytes.length / BLOCK + 1);
    }

    /** The same bytes and counters, as if opened anew. */
    ByteSource reopened() {
        CountingSource all = this;
        return new ByteSource() {
            private volatile boolean shut;

            @Override
            public String name() {
                return all.name();
            }

            @Override
            public long size() {
                return all.bytes.length;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                if (shut) {
                    throw new IllegalStateException("closed");
                }
                return all.read(offset, target);
            }

            @Override
            public void close() {
                shut = true;
            }
        };
    }

    long total() {
        return total.get();
    }

    int mostReads() {
        int most = 0;
        for (int i = 0; i < reads.length(); i++) {
            most = Math.max(most, reads.get(i));
        }
        return most;
    }

    @Override
    public String name() {
        return "counted";
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int n = (int) Math.max(0, Math.min(target.remaining(), bytes.length - offset));
        if (n == 0) {
            return 0;
        }
        target.put(bytes, (int) offset, n);
        total.addAndGet(n);
        for (long block = offset / BLOCK; block <= (offset + n - 1) / BLOCK; block++) {
            reads.incrementAndGet((int) block);
        }
        return n;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
