package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/** A sparse extent with all of its grain tables in front and one grain, computed instead of stored. */
final class HugeDisk implements ByteSource {
    private static final int DIRECTORY = 1;
    final AtomicInteger reads = new AtomicInteger();
    private final long capacity;
    private final int tables;
    private final long firstTable;
    private final long grain;

    HugeDisk(long size) {
        capacity = size / 512;
        tables = (int) (capacity / (512 * 128));
        firstTable = DIRECTORY + tables * 4L / 512;
        grain = firstTable + tables * 4L;
    }

    @Override
    public String name() {
        return "huge.vmdk";
    }

    @Override
    public long size() {
        return grain * 512 + 65536;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        reads.incrementAndGet();
        int length = (int) Math.min(target.remaining(), size() - offset);
        ByteBuffer sector = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < length; ) {
            long at = offset + done;
            fill(sector.clear(), at / 512);
            int n = Math.min(length - done, 512 - (int) (at % 512));
            target.put(sector.slice((int) (at % 512), n));
            done += n;
        }
        return length;
    }

    private void fill(ByteBuffer sector, long number) {
        sector.put(new byte[512]).clear();
        if (number == 0) {
            sector.putInt(0, SparseHeader.MAGIC)
                    .putInt(4, 1)
                    .putLong(12, capacity)
                    .putLong(20, 128);
            sector.putInt(44, 512).putLong(56, DIRECTORY).putLong(64, grain);
        } else if (number < firstTable) {
            for (int i = 0; i < 128; i++) {
                sector.putInt(i * 4, (int) (firstTable + ((number - DIRECTORY) * 128 + i) * 4));
            }
        } else if (number == firstTable + tables / 2 * 4L) {
            sector.putInt(40, (int) grain);
        }
    }

    @Override
    public void close() {}
}
