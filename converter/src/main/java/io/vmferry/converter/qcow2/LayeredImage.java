package io.vmferry.converter.qcow2;

import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A qcow2 image over its backing image, which shows through the holes. The size is that of the upper one: what the backing
 * image has beyond it is not seen, and where the backing image ends earlier there are zeros. A compressed block of the backing
 * image is handed on whole where nothing above covers a part of it.
 */
final class LayeredImage implements DiskImage {
    private final DiskImage top;
    private final DiskImage backing;
    private final ImageFacts facts;

    /** @param name of the backing file as written in the image */
    LayeredImage(DiskImage top, DiskImage backing, String name) {
        this.top = top;
        this.backing = backing;
        this.facts = facts(top.facts(), backing.facts(), name);
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public Extent extentAt(long offset) {
        Extent upper = top.extentAt(offset);
        if (upper.kind() != ExtentKind.HOLE) {
            return upper;
        }
        if (offset >= backing.virtualSize()) {
            return upper;
        }
        Extent lower = backing.extentAt(offset);
        if (lower.kind() == ExtentKind.ENCODED) {
            if (isSeenWhole(lower)) {
                return lower;
            }
            return Extent.data(offset, Math.min(lower.end(), upper.end()) - offset);
        }
        return new Extent(offset, Math.min(lower.end(), upper.end()) - offset, lower.kind(), null);
    }

    private boolean isSeenWhole(Extent block) {
        if (block.end() > virtualSize()) {
            return false;
        }
        for (long at = block.start(); at < block.end(); ) {
            Extent upper = top.extentAt(at);
            if (upper.kind() != ExtentKind.HOLE) {
                return false;
            }
            at = upper.end();
        }
        return true;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), virtualSize());
        int limit = target.limit();
        for (long at = offset; target.position() < limit; ) {
            Extent upper = top.extentAt(at);
            int n = (int) Math.min(limit - target.position(), upper.end() - at);
            boolean beneath = upper.kind() == ExtentKind.HOLE && at < backing.virtualSize();
            if (beneath) {
                n = (int) Math.min(n, backing.virtualSize() - at);
            }
            target.limit(target.position() + n);
            (beneath ? backing : top).read(at, target);
            target.limit(limit);
            at += n;
        }
    }

    @Override
    public void readEncoded(Extent extent, ByteBuffer target) {
        boolean upper = top.extentAt(extent.start()).kind() != ExtentKind.HOLE;
        (upper ? top : backing).readEncoded(extent, target);
    }

    @Override
    public int readers() {
        return Math.min(top.readers(), backing.readers());
    }

    @Override
    public void close() {
        try (backing) {
            top.close();
        }
    }

    private static ImageFacts facts(ImageFacts top, ImageFacts backing, String name) {
        Map<String, String> details = new LinkedHashMap<>(top.details());
        String kind = (backing.format() + " " + backing.variant()).trim();
        String further = backing.details().getOrDefault(Qcow2Format.BACKING, "");
        details.put(Qcow2Format.BACKING, name + " (" + kind + ")" + (further.isEmpty() ? "" : " over " + further));
        List<String> notices = new ArrayList<>(top.notices());
        backing.notices().forEach(notice -> notices.add("backing file " + name + ": " + notice));
        int blockSize = Math.max(top.blockSize(), backing.blockSize());
        return new ImageFacts(top.format(), top.variant(), top.virtualSize(), blockSize, details, notices);
    }
}
