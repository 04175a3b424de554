package io.vmferry.spi.image;

/**
 * A digest of a whole virtual disk, independent of the format it is stored in.
 *
 * @param algorithm {@value #BLKHASH} unless somebody asked for another
 * @param hex lower-case hexadecimal digits
 */
public record ContentDigest(String algorithm, String hex) {
    /** What {@code nbdcopy --blkhash=sha256/64k} prints: SHA-256 over the SHA-256 of each 64 KiB block and the length. */
    public static final String BLKHASH = "blkhash-sha256-64k";

    /** Plain SHA-256 of the raw content, what {@code sha256sum} prints of a raw image. */
    public static final String SHA256 = "sha256";
}
