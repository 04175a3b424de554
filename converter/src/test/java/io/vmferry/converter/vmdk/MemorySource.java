package io.vmferry.converter.vmdk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes as a file or as a stream; counts what is read of them. */
final class MemorySource implements ByteSource {
    static final Siblings NONE = name -> {
        throw new AssertionError("nothing should be opened, but " + name + " is");
    };

    private final byte[] bytes;
    private final String name;
    final AtomicInteger reads = new AtomicInteger();
    final AtomicLong bytesRead = new AtomicLong();
    volatile boolean closed;

    MemorySource(byte[] bytes) {
        this(bytes, "test.vmdk");
    }

    private MemorySource(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
    }

    static MemorySource named(String name, byte[] bytes) {
        return new MemorySource(bytes, name);
    }

    MemorySource again() {
        return new MemorySource(bytes, name);
    }

    static Siblings folder(Map<String, byte[]> files) {
        return name -> {
            byte[] bytes = files.get(name);
            if (bytes == null) {
                throw new VmferryException(CommonError.FILE_NOT_FOUND, name, "it is not there", "Put it there.");
            }
            return new MemorySource(bytes, name);
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        reads.incrementAndGet();
        int length = (int) Math.max(0, Math.min(target.remaining(), bytes.length - offset));
        if (length > 0) {
            target.put(bytes, (int) offset, length);
        }
        bytesRead.addAndGet(length);
        return length;
    }

    @Override
    public void close() {
        closed = true;
    }

    ByteStream stream() {
        return new ByteStream() {
            private long at;

            @Override
            public String name() {
                return MemorySource.this.name();
            }

            @Override
            public int read(ByteBuffer target) {
                int n = MemorySource.this.read(at, target);
                at += n;
                return n;
            }

            @Override
            public void close() {
                MemorySource.this.close();
            }
        };
    }
}
