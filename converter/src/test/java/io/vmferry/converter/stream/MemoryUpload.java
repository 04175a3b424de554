package io.vmferry.converter.stream;

import io.vmferry.spi.target.DiskSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver in memory that notices when it is not used by one thread at a time. */
final class MemoryUpload implements DiskSink.Upload {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicInteger inside = new AtomicInteger();
    boolean complete;
    boolean closed;

    /** Bytes after which it breaks; negative for never. */
    long breaksAfter = -1;

    @Override
    public void write(ByteBuffer bytes) {
        if (inside.incrementAndGet() != 1 || complete || closed) {
            throw new AssertionError("it is used by two threads, or after its end");
        }
        byte[] taken = new byte[bytes.remaining()];
        bytes.get(taken);
        body.writeBytes(taken);
        if (breaksAfter >= 0 && body.size() > breaksAfter) {
            throw new io.vmferry.spi.error.VmferryException(
                    io.vmferry.spi.error.CommonError.WRITE_FAILED, "upload", "it broke", "Start again.");
        }
        inside.decrementAndGet();
    }

    @Override
    public void complete() {
        complete = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    byte[] body() {
        return body.toByteArray();
    }
}
