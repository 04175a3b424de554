package io.vmferry.converter.stream;

import io.vmferry.spi.target.DiskSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A finished piece of the body: bytes, and between them patterns that are sent many times over. Used by one thread at a time. */
final class Piece {
    private static final int START = 1 << 20;

    /** @param at bytes of this piece that come before it */
    private record Repeat(int at, ByteBuffer pattern, long times) {}

    /** Made when needed: a piece of zeros needs none. */
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    private final List<Repeat> repeats = new ArrayList<>();

    /** Room for so many bytes more; what is put into it becomes part of the piece. */
    ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int wanted = Math.addExact(bytes.position(), more);
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(wanted, bytes.capacity() + START));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    /** @param pattern read-only for everybody from here on; its position is not touched */
    void repeat(ByteBuffer pattern, long times) {
        if (times > 0 && pattern.hasRemaining()) {
            repeats.add(new Repeat(bytes.position(), pattern, times));
        }
    }

    /** Bytes of memory in use. */
    int held() {
        return bytes.position();
    }

    /** Sends all of it and makes the piece empty again. Returns the number of bytes sent. */
    long send(DiskSink.Upload upload) {
        int end = bytes.position();
        long sent = 0;
        int from = 0;
        for (Repeat repeat : repeats) {
            sent += write(upload, from, repeat.at());
            from = repeat.at();
            for (long i = 0; i < repeat.times(); i++) {
                upload.write(repeat.pattern().duplicate());
            }
            sent += repeat.times() * repeat.pattern().remaining();
        }
        sent += write(upload, from, end);
        clear();
        return sent;
    }

    void clear() {
        repeats.clear();
        bytes.clear();
    }

    private int write(DiskSink.Upload upload, int from, int to) {
        if (to > from) {
            upload.write(bytes.slice(from, to - from));
        }
        return to - from;
    }
}
