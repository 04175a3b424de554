package io.vmferry.converter.qcow2;

import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one qcow2 file holds; holes are zeros here, and show the backing file where {@link LayeredImage} puts one beneath. A compressed cluster is one {@code ENCODED} extent, save a last one that the end of
 * the disk cuts, which is told as data.
 */
final class Qcow2Image implements DiskImage {
    private static final int SECTOR = 512;
    /** Entries of a table looked at for one extent: a long run is told in pieces, so that no call takes long. */
    private static final int LOOK = 1024;

    private static final byte[] ZEROS = new byte[64 << 10];

    private final ByteSource container;
    private final Qcow2Header header;
    private final ClusterTables tables;
    private final ImageFacts facts;
    private final CodecProvider codecs;
    private final ConcurrentLinkedQueue<ClusterDecoder> decoders = new ConcurrentLinkedQueue<>();
    private final int clusterBits;
    private final int clusterSize;
    private final int l2Entries;
    private final int subclusters;
    private final int subclusterSize;
    private final int sizeShift;

    private Qcow2Image(ByteSource container, Qcow2Header header, CodecProvider codecs) {
        this.container = container;
        this.header = header;
        this.codecs = codecs;
        this.tables = new ClusterTables(container, header);
        this.facts = facts(header);
        this.clusterBits = header.clusterBits();
        this.clusterSize = header.clusterSize();
        this.l2Entries = header.l2Entries();
        this.subclusters = header.extendedL2() ? L2Table.SUBCLUSTERS : 1;
        this.subclusterSize = clusterSize / subclusters;
        this.sizeShift = header.compressedOffsetBits();
    }

    /** @param header that of the container */
    static Qcow2Image open(ByteSource container, Qcow2Header header, CodecProvider codecs) {
        return new Qcow2Image(container, header, codecs);
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long offset) {
        Objects.checkIndex(offset, header.size());
        int l1Index = (int) (offset >>> header.l2CoverBits());
        if (tables.isHole(l1Index)) {
            int next = l1Index + 1;
            int last = Math.min(tables.l1Length(), next + LOOK);
            while (next < last && tables.isHole(next)) {
                next++;
            }
            return Extent.hole(offset, Math.min((long) next << header.l2CoverBits(), header.size()) - offset);
        }
        L2Table l2 = tables.l2(l1Index);
        int cluster = l2Index(offset);
        long clusterStart = offset & -clusterSize;
        if (l2.compressed(cluster) && clusterStart + clusterSize <= header.size()) {
            return Extent.encoded(clusterStart, clusterSize, encoded(l2.descriptor(cluster), clusterStart));
        }
        int first = (int) (offset - clusterStart) / subclusterSize;
        ExtentKind kind = l2.kind(cluster, first);
        int run = runLength(l2, cluster, first, kind);
        long end = Math.min(clusterStart + (long) (first + run) * subclusterSize, header.size());
        return new Extent(offset, end - offset, kind, null);
    }

    /** How many subclusters from there on are alike. A compressed cluster is never part of a run but its beginning. */
    private int runLength(L2Table l2, int cluster, int first, ExtentKind kind) {
        int run = 1;
        for (int i = first + 1; run < LOOK; i++) {
            int c = cluster + i / subclusters;
            boolean next = c != cluster;
            if (c == l2Entries || (next && l2.compressed(c)) || l2.kind(c, i % subclusters) != kind) {
                break;
            }
            run++;
        }
        return run;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), header.size());
        long at = offset;
        int limit = target.limit();
        while (target.hasRemaining()) {
            Extent extent = extentAt(at);
            int n = (int) Math.min(target.remaining(), extent.end() - at);
            target.limit(target.position() + n);
            if (extent.kind().readsAsZero()) {
                zeros(target);
            } else {
                readClusters(at, target);
            }
            target.limit(limit);
            at += n;
        }
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        EncodedBlock block = extent.encoded();
        if (block == null) {
            throw new IllegalArgumentException("not encoded: " + extent);
        }
        int limit = target.limit();
        target.limit(target.position() + block.size());
        fill(block.offset(), target, extent.start());
        target.limit(limit);
    }

    @Override
    public void close() {
        for (ClusterDecoder d = decoders.poll(); d != null; d = decoders.poll()) {
            d.close();
        }
        container.close();
    }

    /** Reads data clusters, plain and compressed mixed, none of them zero. */
    private void readClusters(long offset, ByteBuffer target) {
        long at = offset;
        int limit = target.limit();
        L2Table l2 = tables.l2((int) (offset >>> header.l2CoverBits()));
        while (target.hasRemaining()) {
            int index = l2Index(at);
            int inside = (int) (at & (clusterSize - 1));
            int n = Math.min(target.remaining(), clusterSize - inside);
            if (l2.compressed(index)) {
                readCompressed(at - inside, l2.descriptor(index), inside, n, target);
            } else {
                long host = l2.hostOffset(index);
                // Neighbours on the disk are mostly neighbours in the file as well: one read for all of them.
                for (int next = index + 1; n < target.remaining() && next < l2Entries; next++) {
                    if (!l2.liesAt(next, host + (long) (next - index) * clusterSize)) {
                        break;
                    }
                    n = Math.min(target.remaining(), n + clusterSize);
                }
                target.limit(target.position() + n);
                fill(host + inside, target, at);
                target.limit(limit);
            }
            at += n;
        }
    }

    private void readCompressed(long clusterStart, long descriptor, int inside, int length, ByteBuffer target) {
        EncodedBlock block = encoded(descriptor, clusterStart);
        ClusterDecoder decoder = decoders.poll();
        if (decoder == null) {
            decoder = new ClusterDecoder(codecs.open(header.compression()), clusterSize);
        }
        try {
            fill(block.offset(), decoder.payload(block.size()), clusterStart);
            ByteBuffer content = decoder.decode(subject(clusterStart, block.offset()));
            target.put(content.limit(inside + length).position(inside));
        } finally {
            decoders.add(decoder);
        }
    }

    private EncodedBlock encoded(long descriptor, long clusterStart) {
        long offset = descriptor & ((1L << sizeShift) - 1);
        long sectors = (descriptor >>> sizeShift) + 1;
        long size = Math.min(sectors * SECTOR - (offset & (SECTOR - 1)), container.size() - offset);
        if (size <= 0) {
            throw truncated(clusterStart, offset);
        }
        return new EncodedBlock(header.compression(), offset, (int) size);
    }

    private int l2Index(long offset) {
        return (int) (offset >>> clusterBits) & (l2Entries - 1);
    }

    private void fill(long offset, ByteBuffer target, long virtual) {
        if (offset > container.size() || container.read(offset, target) < 0 || target.hasRemaining()) {
            throw truncated(virtual, offset);
        }
    }

    private VmferryException truncated(long virtual, long offset) {
        return new VmferryException(
                Qcow2Error.QCOW2_TRUNCATED,
                subject(virtual, offset),
                "the file ends at " + container.size() + ", before the end of the cluster",
                "Copy the image from its source again.");
    }

    private String subject(long virtual, long offset) {
        return container.name() + ", cluster of disk offset " + virtual + " at file offset " + offset;
    }

    private static void zeros(ByteBuffer target) {
        while (target.hasRemaining()) {
            target.put(ZEROS, 0, Math.min(ZEROS.length, target.remaining()));
        }
    }

    private static ImageFacts facts(Qcow2Header header) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("version", Integer.toString(header.version()));
        details.put("compression", header.compression() == BlockEncoding.ZSTD ? "zstd" : "zlib");
        if (header.extendedL2()) {
            details.put("subclusters", Integer.toString(L2Table.SUBCLUSTERS));
        }
        List<String> notices = new ArrayList<>();
        if (header.snapshots() != 0) {
            notices.add(Integer.toUnsignedString(header.snapshots())
                    + " internal snapshots are left out; the current state is read");
        }
        if ((header.incompatible() & Qcow2Header.DIRTY) != 0) {
            notices.add(
                    "the image was not closed properly; its refcounts may be stale, which does not matter for reading");
        }
        return new ImageFacts(Qcow2Format.ID, "", header.size(), header.clusterSize(), details, notices);
    }
}
