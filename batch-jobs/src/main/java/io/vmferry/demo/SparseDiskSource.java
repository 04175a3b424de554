package io.vmferry.demo;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A {@link SparseDisk} to be read anywhere; what was never written is known to be zero. */
final class SparseDiskSource implements ByteSource {
    private final String name;
    private final long size;
    private final NavigableMap<Long, ByteBuffer> blocks;

    SparseDiskSource(String name, SparseDisk disk) {
        this.name = name;
        this.size = disk.size();
        this.blocks = new TreeMap<>(disk.blocks());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int length = (int) Math.min(target.remaining(), Math.max(0, size - offset));
        int done = 0;
        while (done < length) {
            long at = offset + done;
            int within = (int) (at % SparseDisk.BLOCK);
            int part = Math.min(length - done, SparseDisk.BLOCK - within);
            ByteBuffer block = blocks.get(at / SparseDisk.BLOCK);
            if (block == null) {
                target.put(new byte[part]);
            } else {
                target.put(block.duplicate().position(within).limit(within + part));
            }
            done += part;
        }
        return length;
    }

    @Override
    public long zerosUntil(long offset) {
        Map.Entry<Long, ByteBuffer> next = blocks.ceilingEntry(offset / SparseDisk.BLOCK);
        return next == null ? size : Math.max(offset, next.getKey() * SparseDisk.BLOCK);
    }

    @Override
    public long dataUntil(long offset) {
        long block = offset / SparseDisk.BLOCK;
        while (blocks.containsKey(block)) {
            block++;
        }
        // At an offset without data nothing is known beyond it but that it is zero; the contract wants progress all the
        // same.
        return Math.min(size, Math.max(block * SparseDisk.BLOCK, offset + 1));
    }

    @Override
    public void close() {
        // Memory only.
    }
}
