package io.vmferry.spi.file;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;

/** A part of another source, as if it were a file of its own: a member of a tar. Closing it closes the whole. */
public final class SourceRange implements ByteSource {
    private final ByteSource whole;
    private final String name;
    private final long start;
    private final long length;

    /** @param length bytes; the range must lie inside the whole */
    public SourceRange(ByteSource whole, String name, long start, long length) {
        if (start < 0 || length < 0 || start > whole.size() - length) {
            throw new IllegalArgumentException(name + " " + start + "+" + length + " of " + whole.size());
        }
        this.whole = whole;
        this.name = name;
        this.start = start;
        this.length = length;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        if (offset >= length) {
            return 0;
        }
        int limit = target.limit();
        if (target.remaining() > length - offset) {
            target.limit(target.position() + (int) (length - offset));
        }
        try {
            return whole.read(start + offset, target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public long zerosUntil(long offset) {
        return Math.min(length, whole.zerosUntil(start + offset) - start);
    }

    @Override
    public long dataUntil(long offset) {
        return Math.min(length, whole.dataUntil(start + offset) - start);
    }

    @Override
    public void close() {
        whole.close();
    }
}
