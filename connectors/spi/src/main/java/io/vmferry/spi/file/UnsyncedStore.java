package io.vmferry.spi.file;

import io.vmferry.spi.image.ByteStore;

/**
 * A store that never waits for the medium: what was written is in the operating system's hands, and a power failure may take it.
 * For results that can be made again.
 */
public final class UnsyncedStore extends ForwardingStore {
    public UnsyncedStore(ByteStore store) {
        super(store);
    }

    @Override
    public void force() {
        // What the user asked for.
    }
}
