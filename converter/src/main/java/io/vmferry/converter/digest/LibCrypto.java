package io.vmferry.converter.digest;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The one call of OpenSSL that is used here, by its C name. Pointers and {@code size_t} are passed as {@code long}, so this is
 * for 64-bit systems only. Loading the class loads JNA and the library and throws a {@link LinkageError} where either is not
 * to be had.
 */
final class LibCrypto {
    /** OpenSSL 3. The call is the same in 1.1, but that is no longer kept. */
    static final String NAME = "libcrypto.so.3";

    static {
        if (Native.POINTER_SIZE != 8 || Native.SIZE_T_SIZE != 8) {
            throw new UnsatisfiedLinkError("not a 64-bit system");
        }
        Native.register(LibCrypto.class, NativeLibrary.getInstance(NAME));
    }

    private LibCrypto() {}

    /** The address of the digest, or 0. Safe for many threads. */
    static native long SHA256(long data, long length, long digest);
}
