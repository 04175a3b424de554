package io.vmferry.converter.file;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The calls of the C library that give room back, by their C names. As {@link Seek}: for 64-bit Linux only; loading the class
 * throws a {@link LinkageError} elsewhere and where JNA is not to be had.
 */
final class Allocation {
    static final int O_RDWR = 2;
    static final int O_EXCL = 0x80;
    static final int O_CLOEXEC = 0x80000;
    /** Somebody else has the device for himself. */
    static final int EBUSY = 16;

    /** The length stays; the range reads as zeros. */
    static final int KEEP_SIZE = 1;
    /** The room is given back. On a device: only where that is quick. */
    static final int PUNCH_HOLE = 2;
    /** The room stays. On a device without a quick way the kernel writes the zeros itself. */
    static final int ZERO_RANGE = 0x10;

    static {
        if (!Platform.isLinux() || Native.POINTER_SIZE != 8) {
            throw new UnsatisfiedLinkError("not 64-bit Linux");
        }
        Native.register(Allocation.class, "c");
    }

    private Allocation() {}

    static native int open(byte[] path, int flags);

    static native int fallocate(int file, int mode, long offset, long length);

    static native int close(int file);
}
