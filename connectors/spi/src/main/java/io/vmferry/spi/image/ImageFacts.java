package io.vmferry.spi.image;

import java.util.List;
import java.util.Map;

/**
 * What an image says about itself.
 *
 * @param format {@code vmdk}, {@code qcow2} or {@code raw}
 * @param variant kind within the format, for instance {@code streamOptimized}; empty where there is none
 * @param virtualSize bytes of the virtual disk, not necessarily a multiple of anything
 * @param blockSize grain or cluster size in bytes; 1 for raw
 * @param details further properties in display order, for people: descriptor fields, versions, flags
 * @param notices what a user should know: skipped features, oddities that do no harm
 */
public record ImageFacts(
        String format,
        String variant,
        long virtualSize,
        int blockSize,
        Map<String, String> details,
        List<String> notices) {
    public ImageFacts {
        details = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(details));
        notices = List.copyOf(notices);
    }
}
