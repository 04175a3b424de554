package io.vmferry.converter.codec;

import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflate and zlib by the JDK: works everywhere. */
final class JdkCodec implements Codec {
    private final BlockEncoding encoding;
    private final Inflater inflater;
    private final Deflater deflater;
    private final ByteBuffer spare = ByteBuffer.allocateDirect(1);

    JdkCodec(BlockEncoding encoding, int level) {
        boolean bare = encoding == BlockEncoding.DEFLATE;
        if (!bare && encoding != BlockEncoding.ZLIB) {
            throw new IllegalArgumentException("the JDK has no " + encoding);
        }
        this.encoding = encoding;
        this.inflater = new Inflater(bare);
        this.deflater = new Deflater(level, bare);
    }

    @Override
    public BlockEncoding encoding() {
        return encoding;
    }

    @Override
    public String library() {
        return "JDK";
    }

    @Override
    public int decodeUpTo(ByteBuffer payload, ByteBuffer content) {
        int size = payload.remaining();
        int start = content.position();
        inflater.reset();
        inflater.setInput(payload);
        try {
            while (!inflater.finished()) {
                // With the content full, the end mark and the checksum are still to come, but no further byte.
                boolean full = !content.hasRemaining();
                int n = inflater.inflate(full ? spare.clear() : content);
                if (full && n > 0) {
                    throw Malformed.wrongSize(size, "it holds more content than " + (content.position() - start));
                }
                if (n == 0 && !inflater.finished()) {
                    throw Malformed.corrupt(size, "the compressed data end before their end mark");
                }
            }
        } catch (DataFormatException e) {
            throw Malformed.corrupt(size, "the compressed data are damaged");
        }
        return content.position() - start;
    }

    @Override
    public boolean encode(ByteBuffer content, ByteBuffer payload) {
        int contentStart = content.position();
        int payloadStart = payload.position();
        deflater.reset();
        deflater.setInput(content);
        deflater.finish();
        while (!deflater.finished() && payload.hasRemaining()) {
            deflater.deflate(payload);
        }
        if (!deflater.finished()) {
            content.position(contentStart);
            payload.position(payloadStart);
            return false;
        }
        return true;
    }

    @Override
    public void close() {
        inflater.end();
        deflater.end();
    }
}
