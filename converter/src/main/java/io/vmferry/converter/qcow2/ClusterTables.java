package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The L1 table, and the L2 tables used last. The L1 table is held whole (8 bytes per 512 MiB with usual clusters); of L2
 * tables a few MiB. Safe for many threads.
 */
final class ClusterTables {
    private static final long L1_OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final int CACHE = 4 << 20;

    private final ByteSource container;
    private final Qcow2Header header;
    private final long[] l1;
    private final Map<Long, LongBuffer> cache;

    ClusterTables(ByteSource container, Qcow2Header header) {
        this.container = container;
        this.header = header;
        this.l1 = new long[(int) header.l1Needed()];
        int kept = Math.max(2, CACHE / header.clusterSize());
        this.cache = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, LongBuffer> eldest) {
                return size() > kept;
            }
        };
        ByteBuffer bytes = ByteBuffer.allocate(l1.length * Long.BYTES);
        fill(header.l1TableOffset(), bytes, "L1 table");
        bytes.flip().asLongBuffer().get(l1);
    }

    int l1Length() {
        return l1.length;
    }

    /** True when nothing is allocated in what this L1 entry covers. */
    boolean isHole(int l1Index) {
        return (l1[l1Index] & L1_OFFSET) == 0;
    }

    /** The L2 table of an L1 entry that is no hole; absolute reads only. */
    LongBuffer l2(int l1Index) {
        long offset = l1[l1Index] & L1_OFFSET;
        if ((offset & (header.clusterSize() - 1)) != 0) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_TABLE_INVALID,
                    container.name() + ", L1 entry " + l1Index,
                    "it points to offset " + offset + ", which is not on a cluster",
                    "Check the image with qemu-img check.");
        }
        synchronized (cache) {
            LongBuffer known = cache.get(offset);
            if (known != null) {
                return known;
            }
            ByteBuffer bytes = ByteBuffer.allocate(header.clusterSize());
            fill(offset, bytes, "L2 table");
            LongBuffer table = bytes.flip().asLongBuffer();
            cache.put(offset, table);
            return table;
        }
    }

    private void fill(long offset, ByteBuffer target, String what) {
        if (offset < 0 || offset > container.size() || container.read(offset, target) < target.capacity()) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_TRUNCATED,
                    container.name() + ", " + what + " at offset " + offset,
                    "the file ends at " + container.size() + ", before the end of the table",
                    "Copy the image from its source again.");
        }
    }
}
