package io.vmferry.demo;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** A small disk in memory that holds only the 64 KiB blocks that were written. */
final class SparseDisk {
    static final int BLOCK = 1 << 16;
    static final int SECTOR = 512;

    private final long size;
    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();

    SparseDisk(long size) {
        this.size = size;
    }

    long size() {
        return size;
    }

    void write(long offset, byte[] content) {
        if (offset + content.length > size) {
            throw new IllegalArgumentException("write behind the end of the disk");
        }
        int done = 0;
        while (done < content.length) {
            long at = offset + done;
            byte[] block = blocks.computeIfAbsent(at / BLOCK, number -> new byte[BLOCK]);
            int within = (int) (at % BLOCK);
            int length = Math.min(content.length - done, BLOCK - within);
            System.arraycopy(content, done, block, within, length);
            done += length;
        }
    }

    /** Block number to content, ascending; the last block may reach behind the end of the disk. */
    Map<Long, ByteBuffer> blocks() {
        Map<Long, ByteBuffer> views = new TreeMap<>();
        blocks.forEach((number, content) -> {
            int length = (int) Math.min(BLOCK, size - number * BLOCK);
            views.put(number, ByteBuffer.wrap(content, 0, length).asReadOnlyBuffer());
        });
        return views;
    }
}
