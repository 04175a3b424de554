package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageFacts;
import io.vmferry.spi.plan.ImageSummary;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A streamOptimized image read by way of its tables. Each grain is a zlib stream behind a marker with its LBA and size.
 *
 * <p>A last grain that the disk cuts off is handed out as plain data: products differ in whether they compress all of it or
 * only the part in use, so nobody could take it over as it is.
 */
final class CompressedGrains implements DiskImage, KnownAllocation {
    /** 1 GiB of 64 KiB grains: bounds the work of one look at the allocation. */
    private static final int GRAINS_A_RUN = 1 << 14;

    private final Container file;
    private final GrainMap map;
    private final ImageFacts facts;
    private final SparseHeader header;
    private final int grainBytes;
    private final long size;
    private final ReadAhead ahead;
    private final GrainInflater inflater = new GrainInflater();
    private final ConcurrentLinkedQueue<Scratch> scratches = new ConcurrentLinkedQueue<>();

    /** Room for one grain and its payload, and which grain it holds; direct, as codecs like it best. */
    private static final class Scratch {
        final ByteBuffer content;
        ByteBuffer payload;
        long grain = -1;

        Scratch(int grainBytes) {
            content = ByteBuffer.allocateDirect(grainBytes);
            payload = ByteBuffer.allocateDirect(grainBytes + 4096);
        }

        ByteBuffer payload(int size) {
            if (payload.capacity() < size) {
                payload = ByteBuffer.allocateDirect(size);
            }
            return payload.clear().limit(size);
        }
    }

    CompressedGrains(Container file, GrainMap map, ImageFacts facts) {
        this.file = file;
        this.map = map;
        this.facts = facts;
        this.header = map.header();
        this.grainBytes = header.grainBytes();
        this.size = facts.virtualSize();
        this.ahead = new ReadAhead(file);
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long offset) {
        Objects.checkIndex(offset, size);
        long grain = offset / grainBytes;
        long start = grain * grainBytes;
        long sector = map.sector(grain);
        if (sector == GrainLookup.HOLE || sector == GrainLookup.ZEROED) {
            long length = Math.min(size, map.endOfEmpty(grain, sector) * grainBytes) - offset;
            return sector == GrainLookup.HOLE ? Extent.hole(offset, length) : Extent.zero(offset, length);
        }
        if (start + grainBytes > size) {
            return Extent.data(offset, size - offset);
        }
        EncodedBlock block = new EncodedBlock(BlockEncoding.ZLIB, payloadOffset(sector), payloadSize(grain, sector));
        return Extent.encoded(start, grainBytes, block);
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        EncodedBlock block = extent.encoded();
        if (extent.kind() != ExtentKind.ENCODED || block == null || block.size() > target.remaining()) {
            throw new IllegalArgumentException(extent + " into " + target);
        }
        int limit = target.limit();
        target.limit(target.position() + block.size());
        readPayload(extent.start() / grainBytes, block.offset(), target);
        target.limit(limit);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), size);
        long end = offset + target.remaining();
        Scratch scratch = scratches.poll();
        if (scratch == null) {
            scratch = new Scratch(grainBytes);
        }
        try {
            for (long at = offset; at < end; ) {
                long grain = at / grainBytes;
                int from = (int) (at % grainBytes);
                int length = (int) Math.min(end - at, grainBytes - from);
                readGrain(grain, from, length, target, scratch);
                at += length;
            }
        } finally {
            scratches.add(scratch);
        }
    }

    private void readGrain(long grain, int from, int length, ByteBuffer target, Scratch scratch) {
        if (scratch.grain == grain) {
            target.put(scratch.content.slice(from, length));
            return;
        }
        long sector = map.sector(grain);
        if (sector == GrainLookup.HOLE || sector == GrainLookup.ZEROED) {
            Zeros.fill(target, length);
            return;
        }
        ByteBuffer payload = scratch.payload(payloadSize(grain, sector));
        readPayload(grain, payloadOffset(sector), payload);
        payload.flip();
        String file = this.file.name();
        long offset = payloadOffset(sector);
        if (length == grainBytes) {
            int limit = target.limit();
            target.limit(target.position() + length);
            inflater.inflate(payload, target, grainBytes, file, grain, offset);
            target.limit(limit);
            return;
        }
        scratch.grain = -1;
        int needed = (int) Math.min(grainBytes, size - grain * grainBytes);
        inflater.inflate(payload, scratch.content.clear(), needed, file, grain, offset);
        scratch.grain = grain;
        target.put(scratch.content.slice(from, length));
    }

    @Override
    public void close() {
        inflater.close();
        file.source().close();
    }

    /** Grains lie one behind the other, so their sizes add up to the room from the first to the last, less the tables. */
    @Override
    public @Nullable ImageSummary summary() {
        long count = 0;
        long first = 0;
        long last = 0;
        long lastGrain = 0;
        for (long grain = 0; grain < header.grains(); ) {
            long sector = map.sector(grain);
            if (sector == GrainLookup.HOLE || sector == GrainLookup.ZEROED) {
                grain = map.endOfEmpty(grain, sector);
                continue;
            }
            if (sector <= last) {
                return null;
            }
            first = count == 0 ? sector : first;
            last = sector;
            lastGrain = grain++;
            count++;
        }
        long data = 0;
        long stored = 0;
        long encoded = 0;
        if (count > 0) {
            long cut = Math.max(0, (lastGrain + 1) * grainBytes - size);
            data = count * grainBytes - cut;
            encoded = cut == 0 ? data : data - (grainBytes - cut);
            stored = (last - first) * Container.SECTOR + GrainMarker.SIZE + payloadSize(lastGrain, last);
            // A table between grains has a marker of one sector before it.
            stored -= map.tablesBetween(first, last) * (1L + header.tableSectors()) * Container.SECTOR;
        }
        return new ImageSummary(facts.format(), facts.variant(), size, data, stored, encoded, grainBytes);
    }

    @Override
    public Extent allocationAt(long offset) {
        Objects.checkIndex(offset, size);
        long grain = offset / grainBytes;
        if (!isThere(grain)) {
            return extentAt(offset);
        }
        long end = Math.min(header.grains(), grain + GRAINS_A_RUN);
        do {
            grain++;
        } while (grain < end && isThere(grain));
        return Extent.data(offset, Math.min(size, grain * grainBytes) - offset);
    }

    private boolean isThere(long grain) {
        long sector = map.sector(grain);
        return sector != GrainLookup.HOLE && sector != GrainLookup.ZEROED;
    }

    private static long payloadOffset(long sector) {
        return sector * Container.SECTOR + GrainMarker.SIZE;
    }

    private int payloadSize(long grain, long sector) {
        long offset = sector * Container.SECTOR;
        GrainMarker marker = ahead.marker(offset);
        marker.require(header, grain * header.grainSectors(), file.name(), offset);
        if (!file.contains(offset + GrainMarker.SIZE, marker.size())) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(),
                    "grain " + grain,
                    offset,
                    "it needs " + marker.size() + " bytes but the file ends at " + file.size());
        }
        return marker.size();
    }

    private void readPayload(long grain, long offset, ByteBuffer target) {
        if (!ahead.copy(offset, target)) {
            file.fill(offset, target, "grain " + grain);
        }
    }
}
