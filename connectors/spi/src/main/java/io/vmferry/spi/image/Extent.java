package io.vmferry.spi.image;

import org.jspecify.annotations.Nullable;

/**
 * A run of virtual disk content with one nature.
 *
 * @param start first byte, counted from the start of the virtual disk
 * @param length bytes of virtual content, at least 1
 * @param encoded how the content is stored, for {@link ExtentKind#ENCODED} only
 */
public record Extent(
        long start, long length, ExtentKind kind, @Nullable EncodedBlock encoded) {
    public Extent {
        if (start < 0 || length <= 0 || start + length < 0) {
            throw new IllegalArgumentException("extent " + start + "+" + length);
        }
        if ((kind == ExtentKind.ENCODED) != (encoded != null)) {
            throw new IllegalArgumentException("only an ENCODED extent says how it is encoded");
        }
    }

    public static Extent data(long start, long length) {
        return new Extent(start, length, ExtentKind.DATA, null);
    }

    public static Extent zero(long start, long length) {
        return new Extent(start, length, ExtentKind.ZERO, null);
    }

    public static Extent hole(long start, long length) {
        return new Extent(start, length, ExtentKind.HOLE, null);
    }

    public static Extent encoded(long start, long length, EncodedBlock block) {
        return new Extent(start, length, ExtentKind.ENCODED, block);
    }

    /** First byte after this extent. */
    public long end() {
        return start + length;
    }
}
