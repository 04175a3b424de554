package io.vmferry.converter.vmdk;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text that describes a disk: settings and the extents it is made of. It stands in a file of its own or inside a sparse
 * extent.
 *
 * @param settings by lower-case key, without quotes, in the order of the text; the disk data base ({@code ddb.…}) included
 */
record Descriptor(Map<String, String> settings, List<ExtentLine> extents) {
    /** No snapshot: the disk stands alone. */
    private static final String NO_PARENT = "ffffffff";

    String createType() {
        return settings.getOrDefault("createtype", "");
    }

    String cid() {
        return settings.getOrDefault("cid", "");
    }

    /** Whether content that is not here has to come from another disk. */
    boolean hasParent() {
        String parent = settings.getOrDefault("parentcid", NO_PARENT).toLowerCase(Locale.ROOT);
        return !parent.equals(NO_PARENT) || !parentName().isEmpty();
    }

    String parentName() {
        return settings.getOrDefault("parentfilenamehint", "");
    }

    /** Length of the disk in sectors; the parser bounded the sum. */
    long sectors() {
        return extents.stream().mapToLong(ExtentLine::sectors).sum();
    }
}
