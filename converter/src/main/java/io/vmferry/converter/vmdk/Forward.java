package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.ByteStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A stream read through a buffer, with a look ahead of a few bytes and a count of what passed. */
final class Forward {
    private final ByteStream stream;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(256 << 10).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long offset;

    Forward(ByteStream stream) {
        this.stream = stream;
    }

    String name() {
        return stream.name();
    }

    /** Bytes that passed so far. */
    long offset() {
        return offset;
    }

    boolean atEnd() {
        return !buffer.hasRemaining() && !refill(1);
    }

    /** The next bytes in little-endian order, which do not pass yet; fewer than asked for at the end of the stream. */
    ByteBuffer peek(int length) {
        refill(length);
        return buffer.slice(buffer.position(), Math.min(length, buffer.remaining()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Fills the target to its limit. */
    void fill(ByteBuffer target, String structure) {
        int length = target.remaining();
        int buffered = Math.min(length, buffer.remaining());
        target.put(buffer.slice(buffer.position(), buffered));
        buffer.position(buffer.position() + buffered);
        if (target.hasRemaining()) {
            stream.read(target);
        }
        offset += length - target.remaining();
        if (target.hasRemaining()) {
            throw truncated(structure);
        }
    }

    ByteBuffer structure(int length, String structure) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(bytes, structure);
        return bytes.flip();
    }

    void skip(long length, String structure) {
        for (long left = length; left > 0; ) {
            if (atEnd()) {
                throw truncated(structure);
            }
            int n = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + n);
            offset += n;
            left -= n;
        }
    }

    /** Reads on for at most {@code most} bytes and tells how many of them there were; -1 when one of them is not zero. */
    long zerosUpTo(long most) {
        long zeros = 0;
        while (zeros < most && !atEnd()) {
            int n = (int) Math.min(most - zeros, buffer.remaining());
            if (!Zeros.only(buffer.slice(buffer.position(), n))) {
                return -1;
            }
            skip(n, "padding");
            zeros += n;
        }
        return zeros;
    }

    private RuntimeException truncated(String structure) {
        return VmdkError.VMDK_TRUNCATED.at(name(), structure, offset, "the stream ends inside it");
    }

    private boolean refill(int length) {
        if (buffer.remaining() < length) {
            buffer.compact();
            stream.read(buffer);
            buffer.flip();
        }
        return buffer.remaining() >= length;
    }
}
