package io.vmferry.cli.disk;

import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.target.DiskSink;
import java.nio.ByteBuffer;

/** The body of a stream on its way into an empty store, which it owns and makes durable when the body is complete. */
final class StoreUpload implements DiskSink.Upload {
    private final ByteStore store;
    private long position;

    StoreUpload(ByteStore store) {
        this.store = store;
    }

    @Override
    public void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        store.write(position, bytes);
        position += length;
    }

    @Override
    public void complete() {
        store.force();
    }

    @Override
    public void close() {
        store.close();
    }
}
