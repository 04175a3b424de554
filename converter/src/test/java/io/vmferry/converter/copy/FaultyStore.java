package io.vmferry.converter.copy;

import io.vmferry.spi.image.ByteStore;
import java.nio.ByteBuffer;

/** A store that runs some code before each write: throws, sleeps. */
record FaultyStore(ByteStore store, Runnable onWrite) implements ByteStore {
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
    public void write(long offset, ByteBuffer source) {
        onWrite.run();
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
