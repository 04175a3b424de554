package io.vmferry.converter.copy;

import io.vmferry.spi.file.ForwardingStore;
import io.vmferry.spi.image.ByteStore;
import java.nio.ByteBuffer;

/** A store that runs some code before each write: throws, sleeps. */
final class FaultyStore extends ForwardingStore {
    private final Runnable onWrite;

    FaultyStore(ByteStore store, Runnable onWrite) {
        super(store);
        this.onWrite = onWrite;
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        onWrite.run();
        store.write(offset, source);
    }
}
