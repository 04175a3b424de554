package io.vmferry.converter.file;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A file or device opened for writing beside Java's own channels, whose descriptors cannot be had. */
final class OpenFile implements Eraser {
    private final int descriptor;
    /** Reading: the descriptor is in use. Writing: it goes. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    private OpenFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens what exists.
     *
     * @param exclusive for a block device: fail when it is mounted, or part of a volume group, array, mapping or swap, and keep
     *     others from that while it is open
     * @throws BusyException when somebody else has it
     * @throws LinkageError where this cannot be had
     */
    static OpenFile open(Path file, boolean exclusive) throws IOException {
        byte[] path = file.toString().getBytes(FileNames.ENCODING);
        int flags = Allocation.O_RDWR | Allocation.O_CLOEXEC | (exclusive ? Allocation.O_EXCL : 0);
        int descriptor = Allocation.open(Arrays.copyOf(path, path.length + 1), flags);
        if (descriptor < 0) {
            int error = Native.getLastError();
            throw error == Allocation.EBUSY ? new BusyException() : new IOException("error number " + error);
        }
        return new OpenFile(descriptor);
    }

    /** The kernel says that somebody else has the device for himself. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("Device or resource busy");
        }
    }

    /** A name for exactly this file, whatever happens to the one it was opened by. Good while it is open. */
    Path path() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    @Override
    public boolean punch(long offset, long length) {
        return allocate(Allocation.PUNCH_HOLE | Allocation.KEEP_SIZE, offset, length);
    }

    @Override
    public boolean zero(long offset, long length) {
        return allocate(Allocation.ZERO_RANGE | Allocation.KEEP_SIZE, offset, length);
    }

    private boolean allocate(int mode, long offset, long length) {
        lock.readLock().lock();
        try {
            return !closed && Allocation.fallocate(descriptor, mode, offset, length) == 0;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                Allocation.close(descriptor);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
