package io.vmferry.simulator.vsphere.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of RFC 9110, section 14; both ends inclusive.
 *
 * @param satisfiable false when it begins behind the end of the file
 */
record ByteRange(long first, long last, boolean satisfiable) {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Null when there is no range, or one in a form that a server may ignore: several ranges, another unit. */
    static @Nullable ByteRange parse(@Nullable String header, long size) {
        Matcher match = RANGE.matcher(header == null ? "" : header.trim());
        if (!match.matches() || match.group(1).isEmpty() && match.group(2).isEmpty()) {
            return null;
        }
        if (match.group(1).isEmpty()) {
            long suffix = Long.parseLong(match.group(2));
            return new ByteRange(Math.max(0, size - suffix), size - 1, suffix > 0 && size > 0);
        }
        long first = Long.parseLong(match.group(1));
        long last = match.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(match.group(2)));
        boolean backwards = !match.group(2).isEmpty() && Long.parseLong(match.group(2)) < first;
        return backwards ? null : new ByteRange(first, last, first < size);
    }
}
