package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ExtentKind;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * One L2 table: where clusters lie, and what their subclusters are. Without extended entries a cluster is its own only
 * subcluster. Safe for many threads, as nothing changes.
 */
final class L2Table {
    static final int SUBCLUSTERS = 32;

    private static final long COMPRESSED = 1L << 62;
    private static final long ZERO_FLAG = 1;
    private static final long HOST_OFFSET = 0x00ff_ffff_ffff_fe00L;

    private final LongBuffer words;
    private final Qcow2Header header;
    private final String subject;

    /** @param subject the file and the table, for messages */
    L2Table(LongBuffer words, Qcow2Header header, String subject) {
        this.words = words;
        this.header = header;
        this.subject = subject;
    }

    boolean compressed(int cluster) {
        return (entry(cluster) & COMPRESSED) != 0;
    }

    /** Of a compressed cluster: its byte offset in the low bits, above it the number of further sectors. */
    long descriptor(int cluster) {
        return entry(cluster) & (COMPRESSED - 1);
    }

    /** File offset of a plain cluster, on a cluster. */
    long hostOffset(int cluster) {
        long host = entry(cluster) & HOST_OFFSET;
        if ((host & (header.clusterSize() - 1)) != 0) {
            throw invalid(cluster, "it points to offset " + host + ", between two clusters");
        }
        return host;
    }

    /**
     * Refuses two entries with the same place. No program writes such; a small hostile file could name one cluster again and again
     * and claim endless content. (A compressed cluster inside of a plain one is corrupt as well, but QEMU 7.2 leaves that behind.)
     */
    void refuseSharedClusters() {
        int count = words.limit() / (header.extendedL2() ? 2 : 1);
        long[] places = new long[count];
        int found = 0;
        boolean ascending = true;
        for (int cluster = 0; cluster < count; cluster++) {
            boolean compressed = compressed(cluster);
            long at = compressed
                    ? descriptor(cluster) & (1L << header.compressedOffsetBits()) - 1
                    : entry(cluster) & HOST_OFFSET;
            if (compressed || at != 0) {
                long place = at << 1 | (compressed ? 1 : 0);
                ascending &= found == 0 || place > places[found - 1];
                places[found++] = place;
            }
        }
        if (ascending) {
            return; // as every program writes them when it fills a new image
        }
        Arrays.sort(places, 0, found);
        for (int i = 1; i < found; i++) {
            if (places[i] == places[i - 1]) {
                throw new VmferryException(
                        Qcow2Error.QCOW2_TABLE_INVALID,
                        subject,
                        "two of its entries name the same cluster, at offset " + (places[i] >>> 1),
                        "Check the image with qemu-img check.");
            }
        }
    }

    /** Whether a plain cluster lies there. */
    boolean liesAt(int cluster, long host) {
        return !compressed(cluster) && (entry(cluster) & HOST_OFFSET) == host;
    }

    /** What a subcluster of this file is; compressed ones are data. */
    ExtentKind kind(int cluster, int subcluster) {
        long entry = entry(cluster);
        if ((entry & COMPRESSED) != 0) {
            return ExtentKind.DATA;
        }
        boolean allocated = (entry & HOST_OFFSET) != 0;
        if (header.extendedL2()) {
            return kind(cluster, words.get(2 * cluster + 1), allocated, subcluster);
        }
        if ((entry & ZERO_FLAG) != 0) {
            if (header.version() == 2) {
                throw invalid(cluster, "it has the zero flag, which version 2 does not know");
            }
            return ExtentKind.ZERO;
        }
        return allocated ? ExtentKind.DATA : ExtentKind.HOLE;
    }

    /** The bitmap says in its low half which subclusters are allocated, in its high half which read as zeros. */
    private ExtentKind kind(int cluster, long bitmap, boolean allocated, int subcluster) {
        int data = (int) bitmap;
        int zero = (int) (bitmap >>> SUBCLUSTERS);
        if ((data & zero) != 0) {
            throw invalid(cluster, "it says of a subcluster that it is both allocated and zero");
        }
        if (!allocated && data != 0) {
            throw invalid(cluster, "it says that there are data in a cluster that has no place");
        }
        if ((zero >>> subcluster & 1) != 0) {
            return ExtentKind.ZERO;
        }
        return (data >>> subcluster & 1) != 0 ? ExtentKind.DATA : ExtentKind.HOLE;
    }

    private long entry(int cluster) {
        return words.get(header.extendedL2() ? 2 * cluster : cluster);
    }

    private VmferryException invalid(int cluster, String reason) {
        return new VmferryException(
                Qcow2Error.QCOW2_TABLE_INVALID,
                subject + ", entry " + cluster,
                reason,
                "Check the image with qemu-img check.");
    }
}
