package io.vmferry.converter.codec;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The calls of the system's libdeflate that are used here, by their C names. Pointers and {@code size_t} are passed as
 * {@code long}, so this is for 64-bit systems only. Loading the class loads JNA and the library and throws a {@link
 * LinkageError} where either is not to be had.
 */
final class LibDeflate {
    /** Debian's {@code libdeflate0} and its like; the interface behind this name is stable. */
    static final String NAME = "libdeflate.so.0";

    static final int SUCCESS = 0;
    static final int BAD_DATA = 1;
    static final int INSUFFICIENT_SPACE = 3;

    static {
        if (Native.POINTER_SIZE != 8 || Native.SIZE_T_SIZE != 8) {
            throw new UnsatisfiedLinkError("not a 64-bit system");
        }
        Native.register(LibDeflate.class, NativeLibrary.getInstance(NAME));
    }

    private LibDeflate() {}

    static native long libdeflate_alloc_decompressor();

    static native void libdeflate_free_decompressor(long decompressor);

    static native int libdeflate_deflate_decompress_ex(
            long decompressor, long in, long inSize, long out, long outSize, long actualIn, long actualOut);

    static native int libdeflate_zlib_decompress_ex(
            long decompressor, long in, long inSize, long out, long outSize, long actualIn, long actualOut);

    static native long libdeflate_alloc_compressor(int level);

    static native void libdeflate_free_compressor(long compressor);

    static native long libdeflate_deflate_compress(long compressor, long in, long inSize, long out, long outSize);

    static native long libdeflate_zlib_compress(long compressor, long in, long inSize, long out, long outSize);
}
