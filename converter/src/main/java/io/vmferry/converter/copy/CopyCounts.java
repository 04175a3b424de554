package io.vmferry.converter.copy;

/**
 * What happened to the content so far.
 *
 * @param bytesRead bytes of payload read from the source's container, compressed ones as they lie there
 * @param passedThrough blocks written with the compressed bytes of the source, never encoded again
 * @param reencoded blocks compressed here
 * @param plain blocks written uncompressed
 * @param zeroBytes bytes of the disk that are zeros, stored nowhere
 */
public record CopyCounts(long bytesRead, long passedThrough, long reencoded, long plain, long zeroBytes) {
    public static final CopyCounts NONE = new CopyCounts(0, 0, 0, 0, 0);

    CopyCounts plus(CopyCounts other) {
        return new CopyCounts(
                bytesRead + other.bytesRead,
                passedThrough + other.passedThrough,
                reencoded + other.reencoded,
                plain + other.plain,
                zeroBytes + other.zeroBytes);
    }
}
