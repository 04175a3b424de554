package io.vmferry.converter.file;

import com.sun.jna.Native;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file that tells where its holes are, as the file system knows it ({@code lseek} with {@code SEEK_DATA} and {@code
 * SEEK_HOLE}). It is asked when the first answer is needed. Where it cannot be, for want of JNA or because the file system does
 * not know, nothing is a hole, and everything is read. Safe for many threads.
 *
 * <p>Holes are told in whole blocks of 64 KiB; what is shorter is not worth a read of its own.
 */
public final class SparseSource implements ByteSource {
    private static final long BLOCK = 64 << 10;
    /** The search for the end of data stops here, so that one question is answered in bounded time. */
    private static final long FAR = 64 << 20;

    private static final int NOT_OPENED = -2;
    private static final int NOT_TO_BE_HAD = -1;

    private final FileSource file;

    // All of the following is guarded by this object.
    private int descriptor = NOT_OPENED;
    private Run last = new Run(0, 0, false);

    private record Run(long start, long end, boolean hole) {}

    private SparseSource(FileSource file) {
        this.file = file;
    }

    /** The container with its holes told, if it is a file and they can be told; else as it is. Closing it closes the file. */
    public static ByteSource of(ByteSource container) {
        if (!(container instanceof FileSource file) || file.size() < BLOCK) {
            return container;
        }
        return new SparseSource(file);
    }

    /** The siblings' files in the same way. */
    public static Siblings of(Siblings siblings) {
        return name -> of(siblings.open(name));
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        return file.read(offset, target);
    }

    @Override
    public long zerosUntil(long offset) {
        if (offset >= size()) {
            return offset;
        }
        Run run = run(offset);
        return run.hole ? run.end : offset;
    }

    @Override
    public long dataUntil(long offset) {
        if (offset >= size()) {
            return offset;
        }
        Run run = run(offset);
        return run.hole ? offset + 1 : run.end;
    }

    /** The hole or the data that the offset lies in, from there on. */
    private synchronized Run run(long offset) {
        Run known = last;
        if (known.start <= offset && offset < known.end) {
            return known;
        }
        Run found = find(offset);
        last = found;
        return found;
    }

    private Run find(long offset) {
        long size = size();
        for (long at = offset; at < Math.min(size, offset + FAR); ) {
            long hole = seek(at, Seek.SEEK_HOLE);
            if (hole < at || hole >= size) {
                return new Run(offset, size, false);
            }
            long data = seek(hole, Seek.SEEK_DATA);
            if (data < hole) {
                return new Run(offset, size, false);
            }
            long start = hole == offset ? offset : (hole + BLOCK - 1) / BLOCK * BLOCK;
            long end = data >= size ? size : data / BLOCK * BLOCK;
            if (end - start >= BLOCK || (end == size && end > start)) {
                return start == offset ? new Run(offset, end, true) : new Run(offset, start, false);
            }
            at = Math.max(data, hole + 1);
        }
        return new Run(offset, Math.min(size, offset + FAR), false);
    }

    /** Negative when the file system does not say. */
    private long seek(long offset, int whence) {
        if (descriptor == NOT_OPENED) {
            descriptor = open();
        }
        if (descriptor < 0) {
            return -1;
        }
        long found = Seek.lseek(descriptor, offset, whence);
        if (found < 0 && whence == Seek.SEEK_DATA && Native.getLastError() == Seek.ENXIO) {
            return size();
        }
        return Math.min(found, size());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (descriptor >= 0) {
                Seek.close(descriptor);
            }
            descriptor = NOT_TO_BE_HAD;
        }
        file.close();
    }

    /** A descriptor of our own: the channel keeps its, and reads do not move. JNA is loaded here, not before. */
    private int open() {
        try {
            byte[] path = file.file().toString().getBytes(FileNames.ENCODING);
            int opened = Seek.open(Arrays.copyOf(path, path.length + 1), Seek.O_RDONLY | Seek.O_CLOEXEC);
            if (opened >= 0 && Seek.lseek(opened, 0, Seek.SEEK_END) != size()) {
                // Somebody has put another file under the name.
                Seek.close(opened);
                return NOT_TO_BE_HAD;
            }
            return opened;
        } catch (LinkageError e) {
            return NOT_TO_BE_HAD;
        }
    }
}
