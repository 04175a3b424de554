package io.vmferry.spi.file;

import io.vmferry.spi.image.ByteStore;
import java.nio.ByteBuffer;

/** Passes everything on to another store; what wraps a store overrides what it is about, and nothing else. */
public abstract class ForwardingStore implements ByteStore {
    protected final ByteStore store;

    /** @param store closed with this one */
    protected ForwardingStore(ByteStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public long size() {
        return store.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        return store.read(offset, target);
    }

    @Override
    public long zerosUntil(long offset) {
        return store.zerosUntil(offset);
    }

    @Override
    public long dataUntil(long offset) {
        return store.dataUntil(offset);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        store.write(offset, source);
    }

    @Override
    public void zero(long offset, long length) {
        store.zero(offset, length);
    }

    @Override
    public void resize(long size) {
        store.resize(size);
    }

    @Override
    public void force() {
        store.force();
    }

    @Override
    public void close() {
        store.close();
    }
}
