package io.vmferry.converter.testing;

import io.vmferry.spi.image.ByteStore;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A file in memory. */
public final class MemoryStore implements ByteStore {
    private byte[] bytes = new byte[0];
    private int size;

    public MemoryStore() {}

    public MemoryStore(byte[] content) {
        bytes = content.clone();
        size = content.length;
    }

    @Override
    public String name() {
        return "test.img";
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized int read(long offset, ByteBuffer target) {
        int n = (int) Math.max(0, Math.min(target.remaining(), size - offset));
        if (n > 0) {
            target.put(bytes, (int) offset, n);
        }
        return n;
    }

    @Override
    public synchronized void write(long offset, ByteBuffer source) {
        int n = source.remaining();
        size = Math.max(size, Math.toIntExact(offset + n));
        if (bytes.length < size) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
        source.get(bytes, (int) offset, n);
    }

    @Override
    public void zero(long offset, long length) {
        write(offset, ByteBuffer.allocate((int) length));
    }

    @Override
    public synchronized void resize(long newSize) {
        int wanted = Math.toIntExact(newSize);
        if (wanted < size) {
            Arrays.fill(bytes, wanted, size, (byte) 0);
        }
        bytes = Arrays.copyOf(bytes, Math.max(wanted, bytes.length));
        size = wanted;
    }

    public synchronized byte[] content() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public void force() {
        // Memory is as durable as a test needs.
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
