package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Adler32;

/**
 * Content that does not shrink, as a zlib stream that stores it (RFC 1950 around stored blocks of RFC 1951): a grain of
 * streamOptimized has to be a zlib stream, whatever is in it. Its size is known before, and its bytes are always the same.
 */
final class StoredZlib {
    /** What the length field of a stored block can say. */
    private static final int BLOCK = 65535;

    private static final int BLOCK_HEAD = 5;
    private static final int BLOCKS = (StreamLayout.GRAIN + BLOCK - 1) / BLOCK;
    /** CMF and FLG: deflate with a window of 32 KiB, no effort made to compress. */
    private static final short HEAD = 0x7801;

    /** Bytes of the stream of one grain. */
    static final int SIZE = Short.BYTES + BLOCKS * BLOCK_HEAD + StreamLayout.GRAIN + Integer.BYTES;

    private StoredZlib() {}

    /**
     * Puts one grain's stream.
     *
     * @param content up to a grain, consumed; what is missing at the end of the disk is zero
     * @param target in whatever byte order
     */
    static void put(ByteBuffer content, ByteBuffer target) {
        if (content.remaining() > StreamLayout.GRAIN) {
            throw new IllegalArgumentException(content.remaining() + " bytes for a grain");
        }
        ByteOrder order = target.order();
        target.order(ByteOrder.BIG_ENDIAN).putShort(HEAD);
        int end = content.limit();
        Adler32 adler = new Adler32();
        for (int left = StreamLayout.GRAIN; left > 0; ) {
            int length = Math.min(BLOCK, left);
            left -= length;
            target.put((byte) (left == 0 ? 1 : 0));
            target.order(ByteOrder.LITTLE_ENDIAN).putShort((short) length).putShort((short) ~length);
            int start = target.position();
            int there = Math.min(length, content.remaining());
            target.put(content.limit(content.position() + there));
            content.limit(end);
            Zeros.fill(target, length - there);
            adler.update(target.duplicate().position(start).limit(start + length));
        }
        target.order(ByteOrder.BIG_ENDIAN).putInt((int) adler.getValue());
        target.order(order);
    }
}
