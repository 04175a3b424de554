package io.vmferry.converter.copy;

import io.vmferry.converter.digest.BlkHash;
import io.vmferry.spi.file.DirectStore;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.Extent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the virtual disk on its way through the engine, with the buffers it needs; used again for later pieces. Belongs
 * to one worker at a time.
 */
final class Chunk {
    /** What a 64 KiB block has turned out to be. */
    enum Kind {
        ZERO,
        /** Its bytes are in {@link #content()}, but nobody has looked at them yet. */
        LOADED,
        /** Its bytes in {@link #content()} are stored as they are. */
        PLAIN,
        /** The source's own compressed bytes, in {@link #payload()}. */
        PASSED,
        /** Compressed here, in {@link #encoded()}. */
        REENCODED
    }

    /** A part with one nature; for an encoded one, where its payload lies in {@link #payload()}. */
    record Piece(Extent extent, int payloadAt, int payloadSize) {}

    final int capacity;
    final List<Piece> pieces = new ArrayList<>();
    final Kind[] kinds;
    final int[] at;
    final int[] size;
    /** CRC-32 of the content of compressed blocks where it was computed, else {@link Block#NO_CRC}. */
    final long[] crc;

    final byte[] digests;

    /** Order among all chunks. */
    long sequence;

    long start;
    long end;
    /** All zeros, of any length; no buffer is used. */
    boolean zeroRun;

    long bytesRead;
    List<Block> blocks = List.of();
    CopyCounts counts = CopyCounts.NONE;

    private @Nullable ByteBuffer content;
    private @Nullable ByteBuffer payload;
    private @Nullable ByteBuffer encoded;

    /** @param capacity bytes of disk, a multiple of 64 KiB */
    Chunk(int capacity) {
        this.capacity = capacity;
        int count = capacity / BlkHash.BLOCK;
        this.kinds = new Kind[count];
        this.at = new int[count];
        this.size = new int[count];
        this.crc = new long[count];
        this.digests = new byte[count * BlkHash.DIGEST];
    }

    void begin(long from, long to, boolean zeros) {
        start = from;
        end = to;
        zeroRun = zeros;
        bytesRead = 0;
        pieces.clear();
        if (payload != null) {
            payload.clear();
        }
    }

    /** 64 KiB blocks of an ordinary chunk, the last one perhaps short. */
    int blockCount() {
        return (int) ((end - start + BlkHash.BLOCK - 1) / BlkHash.BLOCK);
    }

    /** Bytes of the disk in a block. */
    int blockLength(int block) {
        return (int) Math.min(BlkHash.BLOCK, end - start - (long) block * BlkHash.BLOCK);
    }

    /** Room for the content of the whole chunk. */
    ByteBuffer content() {
        if (content == null) {
            // So that a store may write it without a copy.
            content = DirectStore.aligned(capacity);
        }
        return content;
    }

    /** Room for compressed bytes as they come; usually less than the content. Its position is where the next ones go. */
    ByteBuffer payload() {
        if (payload == null) {
            payload = ByteBuffer.allocateDirect(capacity + capacity / 8 + 2 * BlkHash.BLOCK);
        }
        return payload;
    }

    /** Makes room for {@code more} bytes of payload; keeps what is there. */
    ByteBuffer payload(int more) {
        ByteBuffer old = payload();
        if (old.remaining() >= more) {
            return old;
        }
        ByteBuffer larger = ByteBuffer.allocateDirect(old.position() + more);
        larger.put(old.flip());
        payload = larger;
        return larger;
    }

    /** Room for blocks compressed here, each smaller than its content. */
    ByteBuffer encoded() {
        if (encoded == null) {
            encoded = ByteBuffer.allocateDirect(capacity);
        }
        return encoded;
    }
}
