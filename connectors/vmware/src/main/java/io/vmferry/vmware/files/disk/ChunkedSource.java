package io.vmferry.vmware.files.disk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;

/** Chunks of a file ({@code disk.vmdk.000000000}, {@code …1}, …) as one. Owns the chunks. */
public final class ChunkedSource implements ByteSource {
    private final String name;
    private final List<ByteSource> chunks;
    private final long[] starts;

    public ChunkedSource(String name, List<ByteSource> chunks) {
        this.name = name;
        this.chunks = List.copyOf(chunks);
        this.starts = new long[chunks.size() + 1];
        for (int i = 0; i < chunks.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], chunks.get(i).size());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return starts[chunks.size()];
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int limit = target.limit();
        int total = 0;
        try {
            for (int i = indexOf(offset); i < chunks.size() && target.position() < limit; i++) {
                long inChunk = offset + total - starts[i];
                long left = starts[i + 1] - starts[i] - inChunk;
                target.limit((int) Math.min(limit, target.position() + left));
                int n = chunks.get(i).read(inChunk, target);
                total += n;
                if (n < left && target.hasRemaining()) {
                    break; // The chunk has become shorter; the caller sees a short read.
                }
            }
            return total;
        } finally {
            target.limit(limit);
        }
    }

    private int indexOf(long offset) {
        int low = 0;
        int high = chunks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle + 1] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void close() {
        Closing.all(chunks);
    }
}
