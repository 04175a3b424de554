package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.ImageFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what a disk says about itself. */
final class DiskFacts {
    static final String FORMAT = "vmdk";

    private DiskFacts() {}

    /** A sparse extent that stands alone. */
    static ImageFacts sparse(SparseHeader header, @Nullable Descriptor descriptor, long size) {
        Map<String, String> details = new LinkedHashMap<>();
        List<String> notices = new ArrayList<>();
        String variant = header.compressed() ? "streamOptimized" : "monolithicSparse";
        details.put("version", Integer.toString(header.version()));
        if (descriptor == null) {
            notices.add(
                    "There is no descriptor inside: if this file is one part of a split disk, open the disk's descriptor"
                            + " file instead.");
        } else {
            describe(descriptor, variant, details);
        }
        if (header.compressed()) {
            details.put("layout", header.directory() == SparseHeader.AT_END ? "markers and footer" : "tables in front");
        }
        details.put("grain size", size(header.grainBytes()));
        details.put("flags", String.format("0x%x", header.flags()));
        if (header.unclean()) {
            notices.add("The image was not closed cleanly; its last writes may be missing.");
        }
        if (size != header.virtualSize()) {
            notices.add("The header's capacity is " + header.virtualSize() + " bytes; the descriptor's size is used.");
        }
        return new ImageFacts(FORMAT, variant, size, header.grainBytes(), details, notices);
    }

    /** A disk that a descriptor file ties together. */
    static ImageFacts described(Descriptor descriptor, int blockSize, List<String> notices) {
        Map<String, String> details = new LinkedHashMap<>();
        describe(descriptor, descriptor.createType(), details);
        details.put("extents", Integer.toString(descriptor.extents().size()));
        long size = descriptor.sectors() * Container.SECTOR;
        return new ImageFacts(FORMAT, descriptor.createType(), size, blockSize, details, notices);
    }

    /**
     * A snapshot with its parents: the facts of the snapshot, and how it hangs together.
     *
     * @param layers from the snapshot down to the base
     */
    static ImageFacts chain(List<Layer> layers, List<String> found) {
        ImageFacts top = layers.get(0).image().facts();
        Map<String, String> details = new LinkedHashMap<>(top.details());
        List<String> notices = new ArrayList<>(top.notices());
        List<String> parents = new ArrayList<>();
        int blockSize = top.blockSize();
        for (Layer parent : layers.subList(1, layers.size())) {
            ImageFacts facts = parent.image().facts();
            parents.add(DescriptorParser.printable(parent.shortName()) + " (" + facts.variant() + ")");
            blockSize = Math.max(blockSize, facts.blockSize());
            facts.notices().forEach(notice -> notices.add("Parent " + parent.shortName() + ": " + notice));
            if (facts.virtualSize() != top.virtualSize()) {
                notices.add("The parent " + parent.shortName() + " has " + facts.virtualSize() + " bytes, the disk "
                        + top.virtualSize() + "; it was resized since, and the disk's size counts.");
            }
        }
        details.put("snapshot of", String.join(", ", parents));
        notices.addAll(found);
        return new ImageFacts(FORMAT, top.variant(), top.virtualSize(), blockSize, details, notices);
    }

    private static void describe(Descriptor descriptor, String variant, Map<String, String> details) {
        if (!descriptor.createType().isEmpty() && !descriptor.createType().equals(variant)) {
            details.put("createType", DescriptorParser.printable(descriptor.createType()));
        }
        copy(descriptor, "cid", "CID", details);
        copy(descriptor, "ddb.adaptertype", "adapter type", details);
        copy(descriptor, "ddb.virtualhwversion", "hardware version", details);
        copy(descriptor, "ddb.thinprovisioned", "thin provisioned", details);
        copy(descriptor, "ddb.uuid", "UUID", details);
    }

    private static void copy(Descriptor descriptor, String key, String label, Map<String, String> details) {
        String value = descriptor.settings().get(key);
        if (value != null && !value.isEmpty()) {
            details.put(label, DescriptorParser.printable(value));
        }
    }

    private static String size(int bytes) {
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes % 1024 == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }
}
