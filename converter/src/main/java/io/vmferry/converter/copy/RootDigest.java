package io.vmferry.converter.copy;

import io.vmferry.converter.digest.BlkHash;
import io.vmferry.converter.digest.DigestLog;
import org.jspecify.annotations.Nullable;

/** Takes the block digests of finished chunks in order, into the root and the log. */
final class RootDigest {
    private final BlkHash root;
    private final @Nullable DigestLog log;

    RootDigest(BlkHash root, @Nullable DigestLog log) {
        this.root = root;
        this.log = log;
    }

    BlkHash root() {
        return root;
    }

    void append(Chunk chunk) {
        if (chunk.zeroRun) {
            zeros((chunk.end - chunk.start) / BlkHash.BLOCK);
            if ((chunk.end - chunk.start) % BlkHash.BLOCK != 0) {
                digests(chunk, 0, 1);
            }
            return;
        }
        int count = chunk.blockCount();
        for (int i = 0; i < count; ) {
            int next = i + 1;
            boolean zero = isWholeZero(chunk, i);
            while (next < count && isWholeZero(chunk, next) == zero) {
                next++;
            }
            if (zero) {
                zeros(next - i);
            } else {
                digests(chunk, i, next - i);
            }
            i = next;
        }
    }

    private static boolean isWholeZero(Chunk chunk, int i) {
        return chunk.kinds[i] == Chunk.Kind.ZERO && chunk.blockLength(i) == BlkHash.BLOCK;
    }

    private void zeros(long count) {
        if (count > 0) {
            root.appendZeros(count);
            if (log != null) {
                log.appendZeros(count);
            }
        }
    }

    private void digests(Chunk chunk, int from, int count) {
        root.append(chunk.digests, from * BlkHash.DIGEST, count);
        if (log != null) {
            log.append(chunk.digests, from * BlkHash.DIGEST, count);
        }
    }

    /** Length of the log to resume from; everything appended so far is durable. */
    long flush() {
        if (log == null) {
            throw new IllegalStateException("a copy that is to be resumed needs a digest log");
        }
        return log.flush();
    }
}
