package io.vmferry.kubevirt.version;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major and minor number of a release. Patch level, build and vendor suffix do not change what can be expressed. */
public record Version(int major, int minor) implements Comparable<Version> {
    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major).thenComparingInt(Version::minor);

    /** {@code 1.9}, {@code v1.8.0}, {@code 0.50.0-0.2.23}. Nine digits at most per number, so that no number overflows. */
    private static final Pattern TEXT =
            Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})(\\.\\d{1,9})?([-+.][0-9A-Za-z.+-]*)?");

    /** The version in a text, or empty when it is none. */
    public static Optional<Version> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }

    public boolean atLeast(Version other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
