package io.vmferry.converter.stream;

import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * gzip, one member a block (RFC 1952). A member is a fixed header, deflate data, and the CRC-32 and length of the content. Deflated
 * blocks come with their CRC, and are not deflated again. Runs of zeros are members made beforehand.
 */
final class GzipStream implements BlockStream {
    private static final int HEAD = 10;
    private static final int TAIL = 8;
    /** A stored block of deflate (RFC 1951, 3.2.4): 5 bytes before at most so many. */
    private static final int STORED_MAX = 65535;

    private static final int STORED_HEAD = 5;

    private static final int BLOCK = 64 << 10;
    private static final int LONG_RUN = 16 << 20;
    private static final int MANY_RUNS = 64;

    private final Decoders decoders;

    GzipStream(CodecProvider codecs) {
        this.decoders = new Decoders(codecs, BlockEncoding.DEFLATE);
    }

    /** Members of nothing but zeros, made when first needed. */
    private static final class Zeros {
        static final ByteBuffer SHORT = member(BLOCK);
        static final ByteBuffer LONG = member(LONG_RUN);
        /** Many of them side by side, as terabytes of zeros would take very many writes of a few KiB. */
        static final ByteBuffer MANY = repeated(LONG, MANY_RUNS);

        private static ByteBuffer repeated(ByteBuffer member, int times) {
            ByteBuffer all = ByteBuffer.allocateDirect(member.remaining() * times);
            for (int i = 0; i < times; i++) {
                all.put(member.duplicate());
            }
            return all.flip().asReadOnlyBuffer();
        }

        static ByteBuffer member(int length) {
            byte[] content = new byte[length];
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            byte[] deflated = new byte[length / 500 + 64];
            deflater.setInput(content);
            deflater.finish();
            int size = deflater.deflate(deflated);
            boolean whole = deflater.finished();
            deflater.end();
            if (!whole) {
                throw new IllegalStateException("zeros did not shrink");
            }
            CRC32 crc = new CRC32();
            crc.update(content);
            ByteBuffer member = ByteBuffer.allocateDirect(HEAD + size + TAIL);
            head(member);
            member.put(deflated, 0, size);
            tail(member, crc.getValue(), length);
            return member.flip().asReadOnlyBuffer();
        }
    }

    @Override
    public BlockEncoding encoding() {
        return BlockEncoding.DEFLATE;
    }

    @Override
    public void content(ByteBuffer content, Piece piece) {
        int length = content.remaining();
        CRC32 crc = new CRC32();
        crc.update(content.duplicate());
        int blocks = (length + STORED_MAX - 1) / STORED_MAX;
        ByteBuffer out = piece.room(HEAD + blocks * STORED_HEAD + length + TAIL);
        head(out);
        int limit = content.limit();
        while (content.hasRemaining()) {
            int n = Math.min(STORED_MAX, content.remaining());
            out.put((byte) (n == content.remaining() ? 1 : 0));
            littleShort(out, n);
            littleShort(out, ~n);
            out.put(content.limit(content.position() + n));
            content.limit(limit);
        }
        tail(out, crc.getValue(), length);
    }

    @Override
    public boolean wantsCrc32() {
        return true;
    }

    @Override
    public void encoded(ByteBuffer payload, int length, long crc32, Piece piece, String subject) {
        int start = payload.position();
        if (crc32 != Block.NO_CRC && length == BLOCK) {
            member(payload, crc32, length, piece);
            return;
        }
        try (Decoders.Decoder decoder = decoders.take()) {
            ByteBuffer content = decoder.decode(payload, length, subject);
            if (content.remaining() > length) {
                // The disk ends inside this block, and a stream cannot hold more than the disk.
                content(content.limit(length), piece);
                return;
            }
            CRC32 crc = new CRC32();
            crc.update(content);
            int end = payload.position();
            member(payload.position(start).limit(end), crc.getValue(), length, piece);
        }
    }

    private static void member(ByteBuffer deflated, long crc, int length, Piece piece) {
        ByteBuffer out = piece.room(HEAD + deflated.remaining() + TAIL);
        head(out);
        out.put(deflated);
        tail(out, crc, length);
    }

    @Override
    public void zeros(long length, Piece piece) {
        long longRuns = length / LONG_RUN;
        piece.repeat(Zeros.MANY, longRuns / MANY_RUNS);
        piece.repeat(Zeros.LONG, longRuns % MANY_RUNS);
        piece.repeat(Zeros.SHORT, length % LONG_RUN / BLOCK);
        int rest = (int) (length % BLOCK);
        if (rest > 0) {
            piece.repeat(Zeros.member(rest), 1);
        }
    }

    @Override
    public void nothing(Piece piece) {
        ByteBuffer out = piece.room(HEAD + STORED_HEAD + TAIL);
        head(out);
        out.put((byte) 1);
        littleShort(out, 0);
        littleShort(out, ~0);
        tail(out, 0, 0);
    }

    /** Magic, deflate, no flags, no time, no extra flags, operating system unknown: the same content gives the same bytes. */
    private static void head(ByteBuffer out) {
        out.put((byte) 0x1f).put((byte) 0x8b).put((byte) 8).put((byte) 0);
        out.putInt(0).put((byte) 0).put((byte) 255);
    }

    private static void tail(ByteBuffer out, long crc, int length) {
        out.order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc).putInt(length).order(ByteOrder.BIG_ENDIAN);
    }

    private static void littleShort(ByteBuffer out, int value) {
        out.put((byte) value).put((byte) (value >>> 8));
    }

    @Override
    public void close() {
        decoders.close();
    }
}
