package io.vmferry.converter.digest;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStore;
import java.nio.ByteBuffer;

/**
 * The block digests of a copy so far, in a file, so that an interrupted copy can go on without reading everything again: the
 * JDK cannot save the state of a SHA-256.
 *
 * <p>A sequence of records: a 64-bit big-endian count n; for n &gt; 0, n digests of 32 bytes follow; for n &lt; 0, -n whole
 * blocks of zeros are meant. 32 bytes per 64 KiB of data, 512 MiB for 1 TiB. Used by one thread at a time; the caller owns
 * the store.
 */
public final class DigestLog {
    private static final int BUFFER = 64 << 10;

    private final ByteStore store;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private long written;
    private long zeros;

    private DigestLog(ByteStore store) {
        this.store = store;
    }

    /** A new log; what the store held is gone. */
    public static DigestLog create(ByteStore store) {
        store.resize(0);
        return new DigestLog(store);
    }

    /**
     * A log that goes on at a length that {@link #flush} gave once. Whatever was added later is cut off.
     *
     * @param blocks how many blocks it has to hold
     * @param root a new root; gets all blocks of the log
     */
    public static DigestLog resume(ByteStore store, long length, long blocks, BlkHash root) {
        if (length < 0 || store.size() < length) {
            throw damaged(store, "it has " + store.size() + " bytes, the checkpoint says " + length);
        }
        store.resize(length);
        DigestLog log = new DigestLog(store);
        log.replay(length, blocks, root);
        log.written = length;
        return log;
    }

    /** Adds the digests of the next blocks. */
    public void append(byte[] digests, int offset, int count) {
        if (count == 0) {
            return;
        }
        endZeros();
        room(Long.BYTES);
        buffer.putLong(count);
        int end = offset + count * BlkHash.DIGEST;
        for (int at = offset; at < end; ) {
            room(1);
            int n = Math.min(buffer.remaining(), end - at);
            buffer.put(digests, at, n);
            at += n;
        }
    }

    /** Adds the next blocks as whole blocks of zeros. */
    public void appendZeros(long count) {
        zeros += count;
    }

    /**
     * Makes everything added so far durable.
     *
     * @return the length to resume from, bytes
     */
    public long flush() {
        endZeros();
        drain();
        store.force();
        return written;
    }

    private void endZeros() {
        if (zeros > 0) {
            room(Long.BYTES);
            buffer.putLong(-zeros);
            zeros = 0;
        }
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            drain();
        }
    }

    private void drain() {
        int n = buffer.flip().remaining();
        store.write(written, buffer);
        written += n;
        buffer.clear();
    }

    private void replay(long length, long blocks, BlkHash root) {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        byte[] digests = new byte[BUFFER];
        long at = 0;
        while (at < length) {
            if (length - at < Long.BYTES) {
                throw damaged(store, "a record is cut at offset " + at);
            }
            fill(at, number.clear());
            at += Long.BYTES;
            long n = number.getLong(0);
            boolean stored = n <= (length - at) / BlkHash.DIGEST;
            boolean wanted = n != 0 && n != Long.MIN_VALUE && Math.abs(n) <= blocks - root.blocks();
            if (!stored || !wanted) {
                throw damaged(store, "a record makes no sense at offset " + (at - Long.BYTES));
            }
            if (n < 0) {
                root.appendZeros(-n);
                continue;
            }
            for (long left = n; left > 0; ) {
                int count = (int) Math.min(left, digests.length / BlkHash.DIGEST);
                fill(at, ByteBuffer.wrap(digests, 0, count * BlkHash.DIGEST));
                root.append(digests, 0, count);
                at += (long) count * BlkHash.DIGEST;
                left -= count;
            }
        }
        if (root.blocks() != blocks) {
            throw damaged(store, "it holds " + root.blocks() + " blocks instead of " + blocks);
        }
    }

    private void fill(long offset, ByteBuffer target) {
        store.read(offset, target);
        if (target.hasRemaining()) {
            throw damaged(store, "it ends at offset " + (offset + target.position()));
        }
    }

    private static VmferryException damaged(ByteStore store, String reason) {
        return new VmferryException(
                DigestError.DIGEST_LOG_DAMAGED,
                store.name(),
                reason,
                "Start the copy of this disk from the beginning.");
    }
}
