package io.vmferry.converter;

import org.jspecify.annotations.Nullable;

/**
 * How two disks compare by their content, whatever they are stored in.
 *
 * @param firstSize virtual bytes of the first disk
 * @param secondSize virtual bytes of the second disk
 * @param difference the first byte that differs, where a disk that has ended counts as zeros; null when there is none
 */
public record Comparison(
        long firstSize, long secondSize, @Nullable Difference difference) {
    /**
     * The first byte that differs.
     *
     * @param offset in the virtual disks
     * @param first hexadecimal digits of up to 16 bytes that the first disk has from there on; empty behind its end
     * @param second the same of the second disk
     */
    public record Difference(long offset, String first, String second) {}

    /** No byte differs. One disk may still be longer by nothing but zeros, as {@link #sameSize} tells. */
    public boolean sameContent() {
        return difference == null;
    }

    public boolean sameSize() {
        return firstSize == secondSize;
    }
}
