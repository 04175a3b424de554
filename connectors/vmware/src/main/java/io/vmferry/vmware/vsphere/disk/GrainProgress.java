package io.vmferry.vmware.vsphere.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How far a streamOptimized VMDK has come, by the place of its latest grain on the disk. Bytes say little: a thin disk of
 * 100 GB may come in one. Looks at the 12 or 16 bytes before each grain as they pass and skips the rest; when it loses the
 * thread it stays where it was, for nothing but a percentage depends on it. The layout is in {@code docs/formats/vmdk.md}.
 */
final class GrainProgress {
    private static final int SECTOR = 512;
    private static final int HEADER = 72;
    private static final int MARKER = 16;

    private final ByteBuffer head = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private int wanted = HEADER;
    private boolean header = true;
    private boolean lost;
    private long skip;
    private long capacity;
    private volatile int percent;

    /** 0 to 100. */
    int percent() {
        return percent;
    }

    /** @param passed bytes in their order, between position and limit; not changed */
    void see(ByteBuffer passed) {
        ByteBuffer bytes = passed.duplicate();
        while (bytes.hasRemaining() && !lost) {
            if (skip > 0) {
                int n = (int) Math.min(skip, bytes.remaining());
                bytes.position(bytes.position() + n);
                skip -= n;
                continue;
            }
            while (bytes.hasRemaining() && head.position() < wanted) {
                head.put(bytes.get());
            }
            if (head.position() == wanted) {
                head.flip();
                look();
                head.clear();
            }
        }
    }

    private void look() {
        if (header) {
            header = false;
            capacity = head.getLong(12);
            skipSectors(head.getLong(64), HEADER);
            wanted = MARKER;
            lost |= capacity <= 0;
            return;
        }
        long value = head.getLong(0);
        int size = head.getInt(8);
        if (size > 0) {
            if (value >= 0 && value < capacity) {
                percent = (int) Math.max(percent, (double) value / capacity * 100);
            }
            skipSectors((12L + size + SECTOR - 1) / SECTOR, MARKER);
        } else {
            // A marker: so many sectors of tables follow it. Some writers leave the number out for grain tables.
            int type = head.getInt(12);
            long sectors = value == 0 && type == 1 ? 4 : value;
            lost |= type == 0 || size < 0 || sectors < 0;
            skipSectors(1 + sectors, MARKER);
        }
    }

    private void skipSectors(long sectors, int seen) {
        lost |= sectors <= 0 || sectors > Long.MAX_VALUE / SECTOR;
        skip = lost ? 0 : sectors * SECTOR - seen;
    }
}
