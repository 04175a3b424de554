package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The L1 table, and the L2 tables used last. The L1 table is held whole (8 bytes per 512 MiB with usual clusters); of L2
 * tables a few MiB. Safe for many threads.
 */
final class ClusterTables {
    private static final long L1_OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final int CACHE = 4 << 20;
    private static final int PIECE = 1 << 16;

    private final ByteSource container;
    private final Qcow2Header header;
    private final long[] l1;
    private final Map<Long, L2Table> cache;

    ClusterTables(ByteSource container, Qcow2Header header) {
        this.container = container;
        this.header = header;
        this.l1 = new long[(int) header.l1Needed()];
        int kept = Math.max(2, CACHE / header.clusterSize());
        this.cache = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, L2Table> eldest) {
                return size() > kept;
            }
        };
        readL1();
        refuseSharedTables();
    }

    private void readL1() {
        ByteBuffer bytes = ByteBuffer.allocate(PIECE);
        for (int at = 0; at < l1.length; ) {
            int n = Math.min(l1.length - at, PIECE / Long.BYTES);
            fill(header.l1TableOffset() + (long) at * Long.BYTES, bytes.clear().limit(n * Long.BYTES), "L1 table");
            bytes.flip().asLongBuffer().get(l1, at, n);
            at += n;
        }
    }

    /**
     * An L2 table belongs to one part of the disk. A file that names one again and again could claim to be a disk of any size,
     * full of data, and keep every reader busy for years.
     */
    private void refuseSharedTables() {
        long[] offsets = Arrays.stream(l1)
                .map(entry -> entry & L1_OFFSET)
                .filter(offset -> offset != 0)
                .sorted()
                .toArray();
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] == offsets[i - 1]) {
                throw new VmferryException(
                        Qcow2Error.QCOW2_TABLE_INVALID,
                        container.name() + ", L1 table at offset " + header.l1TableOffset(),
                        "two of its entries point to the same L2 table, at offset " + offsets[i],
                        "Check the image with qemu-img check.");
            }
        }
    }

    int l1Length() {
        return l1.length;
    }

    /** True when nothing is allocated in what this L1 entry covers. */
    boolean isHole(int l1Index) {
        return (l1[l1Index] & L1_OFFSET) == 0;
    }

    /** The L2 table of an L1 entry that is no hole. */
    L2Table l2(int l1Index) {
        long offset = l1[l1Index] & L1_OFFSET;
        if ((offset & (header.clusterSize() - 1)) != 0) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_TABLE_INVALID,
                    container.name() + ", L1 entry " + l1Index,
                    "it points to offset " + offset + ", which is not on a cluster",
                    "Check the image with qemu-img check.");
        }
        synchronized (cache) {
            L2Table known = cache.get(offset);
            if (known != null) {
                return known;
            }
            ByteBuffer bytes = ByteBuffer.allocate(header.clusterSize());
            fill(offset, bytes, "L2 table");
            String subject = container.name() + ", L2 table at offset " + offset;
            L2Table table = new L2Table(bytes.flip().asLongBuffer(), header, subject);
            table.refuseSharedClusters();
            cache.put(offset, table);
            return table;
        }
    }

    private void fill(long offset, ByteBuffer target, String what) {
        if (offset < 0 || offset > container.size() || container.read(offset, target) < 0 || target.hasRemaining()) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_TRUNCATED,
                    container.name() + ", " + what + " at offset " + offset,
                    "the file ends at " + container.size() + ", before the end of the table",
                    "Copy the image from its source again.");
        }
    }
}
