package io.vmferry.converter.file;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The calls of the C library that tell holes, by their C names. Loading the class loads JNA and throws a {@link LinkageError}
 * where that is not to be had. For 64-bit Linux only, whose {@code off_t} is a {@code long} and whose constants these are.
 */
final class Seek {
    static final int O_RDONLY = 0;
    static final int O_CLOEXEC = 0x80000;
    static final int SEEK_END = 2;
    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;
    /** The error of {@link #SEEK_DATA} where only a hole is left. */
    static final int ENXIO = 6;

    static {
        if (!Platform.isLinux() || Native.POINTER_SIZE != 8) {
            throw new UnsatisfiedLinkError("not 64-bit Linux");
        }
        Native.register(Seek.class, "c");
    }

    private Seek() {}

    static native int open(byte[] path, int flags);

    static native long lseek(int file, long offset, int whence);

    static native int close(int file);
}
