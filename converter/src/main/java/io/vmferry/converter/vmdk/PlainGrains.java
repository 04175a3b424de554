package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A sparse extent whose grains lie uncompressed in the file: monolithicSparse, parts of split disks, ESXi's deltas. */
final class PlainGrains implements DiskImage {
    private final Container file;
    private final GrainLookup map;
    private final ImageFacts facts;
    private final int grainBytes;
    private final long size;

    /** @param facts with the grain size as block size */
    PlainGrains(Container file, GrainLookup map, ImageFacts facts) {
        this.file = file;
        this.map = map;
        this.facts = facts;
        this.grainBytes = facts.blockSize();
        this.size = facts.virtualSize();
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long offset) {
        Objects.checkIndex(offset, size);
        long grain = offset / grainBytes;
        long sector = map.sector(grain);
        if (sector == GrainLookup.HOLE || sector == GrainLookup.ZEROED) {
            long length = end(map.endOfEmpty(grain, sector)) - offset;
            return sector == GrainLookup.HOLE ? Extent.hole(offset, length) : Extent.zero(offset, length);
        }
        return Extent.data(offset, end(map.endOfAdjacent(grain, sector, map.grains())) - offset);
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), size);
        int limit = target.limit();
        long end = offset + target.remaining();
        long lastGrain = (end + grainBytes - 1) / grainBytes;
        for (long at = offset; at < end; ) {
            long grain = at / grainBytes;
            long sector = map.sector(grain);
            boolean data = sector != GrainLookup.HOLE && sector != GrainLookup.ZEROED;
            // Grains that follow each other in the file are read in one go.
            long next = data ? map.endOfAdjacent(grain, sector, lastGrain) : grain + 1;
            int length = (int) (Math.min(end, next * grainBytes) - at);
            if (data) {
                target.limit(target.position() + length);
                file.fill(sector * Container.SECTOR + at % grainBytes, target, "grain " + grain);
                target.limit(limit);
            } else {
                Zeros.fill(target, length);
            }
            at += length;
        }
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        throw new IllegalArgumentException(extent + " is not compressed; no extent of this image is");
    }

    @Override
    public void close() {
        file.source().close();
    }

    private long end(long grain) {
        return Math.min(size, grain * grainBytes);
    }
}
