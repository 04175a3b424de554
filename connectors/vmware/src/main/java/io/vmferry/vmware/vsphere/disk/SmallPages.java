package io.vmferry.vmware.vsphere.disk;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places of a file that small reads ask for: headers, grain tables, the scattered grains of a snapshot. A request costs
 * as much for 512 bytes as for a page. Safe for many threads.
 */
final class SmallPages {
    static final int SIZE = 64 << 10;
    private static final int COUNT = 32;

    private final RangeReader reader;
    private final long size;
    private final Map<Long, ByteBuffer> pages = new LinkedHashMap<>(COUNT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteBuffer> eldest) {
            return size() > COUNT;
        }
    };

    SmallPages(RangeReader reader, long size) {
        this.reader = reader;
        this.size = size;
    }

    /** Fills the target up to its limit; all of it must lie inside the file. */
    void read(long offset, ByteBuffer target) {
        for (long at = offset; target.hasRemaining(); ) {
            ByteBuffer page = page(at / SIZE);
            int from = (int) (at % SIZE);
            int n = Math.min(target.remaining(), page.limit() - from);
            target.put(page.slice(from, n));
            at += n;
        }
    }

    private ByteBuffer page(long index) {
        @Nullable ByteBuffer known;
        synchronized (pages) {
            known = pages.get(index);
        }
        if (known != null) {
            return known;
        }
        ByteBuffer page = ByteBuffer.allocate((int) Math.min(SIZE, size - index * SIZE));
        reader.fill(index * SIZE, page);
        page.flip();
        synchronized (pages) {
            pages.put(index, page);
        }
        return page;
    }
}
