package io.vmferry.converter.vmdk;

import java.util.List;
import java.util.Map;

/**
 * The text that describes a disk: settings and the extents it is made of. It stands in a file of its own or inside a sparse
 * extent.
 *
 * @param settings by lower-case key, without quotes, in the order of the text; the disk data base ({@code ddb.…}) included
 */
record Descriptor(Map<String, String> settings, List<ExtentLine> extents) {
    String createType() {
        return settings.getOrDefault("createtype", "");
    }

    String cid() {
        return settings.getOrDefault("cid", "");
    }

    /** The content id that the parent must have; empty where the text says nothing. */
    String parentCid() {
        return settings.getOrDefault("parentcid", "");
    }

    /** Names the content of the disk in 128 bits, for where the 32 of the CID do not. */
    String longContentId() {
        return settings.getOrDefault("ddb.longcontentid", "");
    }

    /** Whether content that is not here has to come from another disk. */
    boolean hasParent() {
        return !ContentId.isNone(parentCid()) || !parentName().isEmpty();
    }

    /** The parent's descriptor, as a name relative to this one or as a path on the host of the VM. */
    String parentName() {
        return settings.getOrDefault("parentfilenamehint", "");
    }

    /** Length of the disk in sectors; the parser bounded the sum. */
    long sectors() {
        return extents.stream().mapToLong(ExtentLine::sectors).sum();
    }
}
