package io.vmferry.spi.file;

import io.vmferry.spi.image.ByteStore;
import java.nio.ByteBuffer;

/**
 * A store that never waits for the medium: what was written is in the operating system's hands, and a power failure may take it.
 * For results that can be made again.
 */
public record UnsyncedStore(ByteStore store) implements ByteStore {
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
        // What the user asked for.
    }

    @Override
    public void close() {
        store.close();
    }
}
