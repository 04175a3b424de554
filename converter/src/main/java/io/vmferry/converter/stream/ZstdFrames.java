package io.vmferry.converter.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames of zstd as far as no compressor is needed: RFC 8878, 3.1.1. */
final class ZstdFrames {
    private static final int MAGIC = 0xfd2fb528;
    /** Single_Segment_flag 0, Frame_Content_Size of 4 bytes. */
    private static final byte DESCRIPTOR = (byte) 0x80;
    /** Window_Descriptor of 128 KiB: exponent 7 over 2^10, mantissa 0. */
    private static final byte WINDOW = 7 << 3;

    /** Block_Maximum_Size with that window. */
    private static final int BLOCK_MAX = 128 << 10;

    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int RESERVED = 3;
    private static final int BLOCK_HEAD = 3;
    private static final int HEAD = 10;

    private ZstdFrames() {}

    /** Most bytes that {@link #stored} takes. */
    static int storedSize(int length) {
        return HEAD + length + BLOCK_HEAD * (length / BLOCK_MAX + 1);
    }

    /** Writes a frame with the content as it is. */
    static void stored(ByteBuffer content, ByteBuffer out) {
        head(out, content.remaining());
        int limit = content.limit();
        do {
            int n = Math.min(BLOCK_MAX, content.remaining());
            block(out, RAW, n, n == content.remaining());
            out.put(content.limit(content.position() + n));
            content.limit(limit);
        } while (content.hasRemaining());
    }

    /** A frame of zeros, 4 bytes for each 128 KiB. */
    static ByteBuffer zeros(int length) {
        int blocks = (length + BLOCK_MAX - 1) / BLOCK_MAX;
        ByteBuffer frame = ByteBuffer.allocateDirect(HEAD + blocks * (BLOCK_HEAD + 1));
        head(frame, length);
        for (int left = length; left > 0; ) {
            int n = Math.min(BLOCK_MAX, left);
            left -= n;
            block(frame, RLE, n, left == 0);
            frame.put((byte) 0);
        }
        return frame.flip().asReadOnlyBuffer();
    }

    /**
     * Length of the frame that begins at the buffer's position, by its block heads; the position stays.
     *
     * @param content bytes that it must hold if it says how many
     * @return -1 when no whole frame is there
     */
    static int length(ByteBuffer frame, int content) {
        ByteBuffer in = frame.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 5 || in.getInt() != MAGIC) {
            return -1;
        }
        int descriptor = in.get();
        boolean single = (descriptor & 0x20) != 0;
        int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
        int sizeFlag = descriptor >> 6 & 3;
        int sizeBytes = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        int skipped = (single ? 0 : 1) + dictionary;
        if (in.remaining() < skipped + sizeBytes) {
            return -1;
        }
        in.position(in.position() + skipped);
        long told = switch (sizeBytes) {
            case 0 -> content;
            case 1 -> in.get() & 0xff;
            case 2 -> (in.getShort() & 0xffff) + 256;
            case 4 -> in.getInt() & 0xffffffffL;
            default -> in.getLong();
        };
        boolean whole = told == content && skipBlocks(in);
        int checksum = (descriptor & 4) != 0 ? 4 : 0;
        return whole && in.remaining() >= checksum ? in.position() + checksum - frame.position() : -1;
    }

    private static boolean skipBlocks(ByteBuffer in) {
        while (in.remaining() >= BLOCK_HEAD) {
            int head = in.get() & 0xff | (in.get() & 0xff) << 8 | (in.get() & 0xff) << 16;
            int type = head >> 1 & 3;
            int size = type == RLE ? 1 : head >> 3;
            if (type == RESERVED || in.remaining() < size) {
                return false;
            }
            in.position(in.position() + size);
            if ((head & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void head(ByteBuffer out, int length) {
        out.order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).put(DESCRIPTOR).put(WINDOW);
        out.putInt(length).order(ByteOrder.BIG_ENDIAN);
    }

    private static void block(ByteBuffer out, int type, int size, boolean last) {
        int head = size << 3 | type << 1 | (last ? 1 : 0);
        out.put((byte) head).put((byte) (head >>> 8)).put((byte) (head >>> 16));
    }
}
