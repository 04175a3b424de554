package io.vmferry.converter.codec;

import java.nio.ByteBuffer;

/** What codecs share that only take direct buffers: heap buffers go through a direct copy. */
abstract class NativeCodec implements Codec {
    private ByteBuffer in = ByteBuffer.allocateDirect(0);
    private ByteBuffer out = ByteBuffer.allocateDirect(0);

    /** Decodes between positions and limits of direct buffers, advancing both; gives the bytes decoded. */
    abstract int decodeDirect(ByteBuffer payload, ByteBuffer content);

    /** Encodes between direct buffers, advancing both; false, with positions untouched, when it does not fit. */
    abstract boolean encodeDirect(ByteBuffer content, ByteBuffer payload);

    @Override
    public final int decodeUpTo(ByteBuffer payload, ByteBuffer content) {
        if (payload.isDirect() && content.isDirect()) {
            return decodeDirect(payload, content);
        }
        int payloadStart = payload.position();
        in = filled(in, payload);
        out = sized(out, content.remaining());
        int n = decodeDirect(in, out);
        payload.position(payloadStart + in.position());
        content.put(out.flip());
        return n;
    }

    @Override
    public final boolean encode(ByteBuffer content, ByteBuffer payload) {
        if (payload.isDirect() && content.isDirect()) {
            return encodeDirect(content, payload);
        }
        in = filled(in, content);
        out = sized(out, payload.remaining());
        if (!encodeDirect(in, out)) {
            return false;
        }
        content.position(content.limit());
        payload.put(out.flip());
        return true;
    }

    private static ByteBuffer filled(ByteBuffer buffer, ByteBuffer bytes) {
        return sized(buffer, bytes.remaining()).put(bytes.duplicate()).flip();
    }

    private static ByteBuffer sized(ByteBuffer buffer, int size) {
        ByteBuffer enough = buffer.capacity() >= size ? buffer : ByteBuffer.allocateDirect(size);
        return enough.clear().limit(size);
    }
}
