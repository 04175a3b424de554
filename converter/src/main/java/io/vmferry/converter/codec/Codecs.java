package io.vmferry.converter.codec;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.BlockEncoding;

/**
 * The codecs of this machine. No native library is loaded before a codec that uses it is asked for.
 *
 * <p>Deflate and zlib come from the system's libdeflate where it is installed and JNA can load it, else from the JDK; the
 * system property {@value #DEFLATE} set to {@code jdk} takes the JDK's anyway. The two give the same content and differ in
 * speed, and in the bytes they compress to.
 */
public final class Codecs {
    /** System property: {@code jdk} leaves libdeflate alone. */
    public static final String DEFLATE = "vmferry.deflate";

    /** What zlib and libdeflate call their usual balance; qemu-img uses the same. */
    static final int DEFLATE_LEVEL = 6;

    /** The highest that zlib has. libdeflate goes further, but then a level would not work on every machine. */
    private static final int DEFLATE_HIGHEST = 9;

    /** The zstd library's own default; qemu-img uses the same. */
    static final int ZSTD_LEVEL = 3;

    /** Those beyond want far more memory. */
    private static final int ZSTD_HIGHEST = 19;

    private Codecs() {}

    /** The fastest that works here. */
    public static CodecProvider best() {
        return encoding -> open(encoding, defaultLevel(encoding));
    }

    /**
     * As {@link #best()}, but compressing to {@code target} at a level from 1 to {@link #highestLevel}. Other encodings keep their
     * default; decoding is the same at any level.
     */
    public static CodecProvider best(BlockEncoding target, int level) {
        if (level < 1 || level > highestLevel(target)) {
            throw new IllegalArgumentException(target + " level " + level);
        }
        return encoding -> open(encoding, encoding == target ? level : defaultLevel(encoding));
    }

    /** The level that compresses best; the lowest, and fastest, is 1. */
    public static int highestLevel(BlockEncoding encoding) {
        return encoding == BlockEncoding.ZSTD ? ZSTD_HIGHEST : DEFLATE_HIGHEST;
    }

    /** The level that is used where none is asked for. */
    public static int defaultLevel(BlockEncoding encoding) {
        return encoding == BlockEncoding.ZSTD ? ZSTD_LEVEL : DEFLATE_LEVEL;
    }

    /** Deflate and zlib by the JDK, whatever else is installed. */
    public static CodecProvider jdk() {
        return encoding -> encoding == BlockEncoding.ZSTD ? zstd(ZSTD_LEVEL) : new JdkCodec(encoding, DEFLATE_LEVEL);
    }

    /** Which libraries are in use and, where it is not the fastest, why; one line for people. Loads them. */
    public static String describe() {
        String zstd;
        try (Codec codec = zstd(ZSTD_LEVEL)) {
            zstd = codec.library();
        } catch (VmferryException e) {
            zstd = "unavailable (" + e.reason() + ")";
        }
        return "deflate: " + (Fast.WHY_NOT.isEmpty() ? LibDeflate.NAME : "JDK (" + Fast.WHY_NOT + ")") + ", zstd: "
                + zstd;
    }

    /** Why libdeflate is not in use; empty when it is. */
    static String whyNoLibDeflate() {
        return Fast.WHY_NOT;
    }

    private static Codec open(BlockEncoding encoding, int level) {
        if (encoding == BlockEncoding.ZSTD) {
            return zstd(level);
        }
        return Fast.WHY_NOT.isEmpty() ? new LibDeflateCodec(encoding, level) : new JdkCodec(encoding, level);
    }

    private static Codec zstd(int level) {
        try {
            return new ZstdCodec(level);
        } catch (LinkageError e) {
            throw new VmferryException(
                    CodecError.CODEC_UNAVAILABLE,
                    "zstd",
                    "its library cannot be loaded (" + said(e) + ")",
                    "Set -Djava.io.tmpdir to a folder on a file system that allows execution, or choose zlib.",
                    e);
        }
    }

    private static String said(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String text = cause.getMessage();
        String line = text == null ? cause.getClass().getSimpleName() : text;
        int end = line.indexOf('\n');
        return end < 0 ? line : line.substring(0, end);
    }

    /** Tries libdeflate once, when first asked. */
    private static final class Fast {
        static final String WHY_NOT = probe();

        private static String probe() {
            if ("jdk".equals(System.getProperty(DEFLATE))) {
                return "asked for by -D" + DEFLATE;
            }
            try {
                new LibDeflateCodec(BlockEncoding.ZLIB, DEFLATE_LEVEL).close();
                return "";
            } catch (LinkageError | RuntimeException e) {
                return said(e);
            }
        }
    }
}
