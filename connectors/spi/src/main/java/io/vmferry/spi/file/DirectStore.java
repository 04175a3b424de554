package io.vmferry.spi.file;

import com.sun.nio.file.ExtendedOpenOption;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.image.ByteStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written past the page cache ({@code O_DIRECT}). What is written then need not be copied by the kernel, does not
 * push other files out of memory, and lies on the medium long before {@link #force} waits for it.
 *
 * <p>The kernel takes only whole, aligned blocks that way. Large aligned writes from aligned direct buffers go straight through;
 * all others are gathered in windows of 1 MiB, each of which is written when it is full. What stays ragged goes through the page
 * cache: when there are too many windows, and before anything but a write.
 */
public final class DirectStore implements ByteStore {
    /** Alignment in file and memory: enough for every usual medium, and a page. */
    public static final int ALIGNMENT = 4096;

    private static final int WINDOW = 1 << 20;
    /** Smaller writes are cheaper gathered. */
    private static final int STRAIGHT = 64 << 10;

    private static final int OPEN_WINDOWS = 8;

    private final FileStore file;
    private final FileChannel channel;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    // All of the following is guarded by the lock.
    private final Map<Long, WriteWindow> windows = new LinkedHashMap<>();
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();
    /** Windows that were taken and are being written. */
    private int draining;

    private DirectStore(FileStore file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens an existing file with its content, or creates an empty one; as a plain {@link FileStore} where it must be. */
    public static ByteStore open(Path path) {
        FileStore file = FileStore.open(path);
        FileChannel direct = channel(path);
        return direct == null ? file : new DirectStore(file, direct);
    }

    private static @Nullable FileChannel channel(Path path) {
        try {
            // What the JDK holds direct writes to; a network file system may say a megabyte.
            if (ALIGNMENT % Files.getFileStore(path).getBlockSize() != 0) {
                return null;
            }
            return FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException | ArithmeticException e) {
            return null;
        }
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        if (offset % ALIGNMENT == 0
                && source.remaining() >= STRAIGHT
                && isAligned(source)
                && !isGathered(offset, source)) {
            int limit = source.limit();
            int whole = source.remaining() / ALIGNMENT * ALIGNMENT;
            writeAligned(offset, source.limit(source.position() + whole));
            source.limit(limit);
            gather(offset + whole, source);
            return;
        }
        gather(offset, source);
    }

    private static boolean isAligned(ByteBuffer source) {
        return source.isDirect() && source.alignmentOffset(source.position(), ALIGNMENT) == 0;
    }

    /** Whether a window waits for bytes of this range: an older byte must not be written after a newer one. */
    private boolean isGathered(long offset, ByteBuffer source) {
        long end = offset + source.remaining();
        lock.lock();
        try {
            for (long at = offset / WINDOW; at * WINDOW < end; at++) {
                if (windows.containsKey(at)) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void gather(long offset, ByteBuffer source) {
        long at = offset;
        while (source.hasRemaining()) {
            int from = (int) (at % WINDOW);
            int length = Math.min(source.remaining(), WINDOW - from);
            WriteWindow window = pinned(at / WINDOW);
            int copied = 0;
            try {
                window.bytes.put(from, source, source.position(), length);
                copied = length;
            } finally {
                settle(window, from, from + copied);
            }
            source.position(source.position() + length);
            at += length;
        }
    }

    private WriteWindow pinned(long index) {
        WriteWindow evicted = null;
        WriteWindow window;
        lock.lock();
        try {
            window = windows.get(index);
            if (window == null) {
                evicted = windows.size() < OPEN_WINDOWS ? null : takeOldest();
                ByteBuffer bytes = spare.poll();
                window = new WriteWindow(index * WINDOW, bytes == null ? aligned(WINDOW) : bytes);
                windows.put(index, window);
            }
            window.pins++;
        } finally {
            lock.unlock();
        }
        if (evicted != null) {
            drain(evicted);
        }
        return window;
    }

    private void settle(WriteWindow window, int from, int to) {
        boolean full;
        lock.lock();
        try {
            window.pins--;
            window.add(from, to);
            full = window.pins == 0 && window.isFull();
            if (full) {
                windows.remove(window.start / WINDOW);
                draining++;
            }
            settled.signalAll();
        } finally {
            lock.unlock();
        }
        if (full) {
            drain(window);
        }
    }

    /** The oldest window that nobody is copying into; counts it as being drained. */
    private @Nullable WriteWindow takeOldest() {
        for (Iterator<WriteWindow> all = windows.values().iterator(); all.hasNext(); ) {
            WriteWindow window = all.next();
            if (window.pins == 0) {
                all.remove();
                draining++;
                return window;
            }
        }
        return null;
    }

    /** Writes what is in a window that was taken. */
    private void drain(WriteWindow window) {
        try {
            writeRanges(window);
        } finally {
            lock.lock();
            try {
                draining--;
                spare.add(window.bytes);
                settled.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void writeRanges(WriteWindow window) {
        for (Map.Entry<Integer, Integer> range : window.ranges()) {
            int from = range.getKey();
            int to = range.getValue();
            int firstBlock = Math.min(to, (from + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
            int lastBlock = Math.max(firstBlock, to / ALIGNMENT * ALIGNMENT);
            writeRagged(window, from, firstBlock);
            if (firstBlock < lastBlock) {
                writeAligned(window.start + firstBlock, window.bytes.slice(firstBlock, lastBlock - firstBlock));
            }
            writeRagged(window, lastBlock, to);
        }
    }

    private void writeRagged(WriteWindow window, int from, int to) {
        if (from < to) {
            file.write(window.start + from, window.bytes.slice(from, to - from));
        }
    }

    private void writeAligned(long offset, ByteBuffer source) {
        int start = source.position();
        try {
            while (source.hasRemaining()) {
                channel.write(source, offset + source.position() - start);
            }
        } catch (IOException e) {
            // Some file systems take the flag and then no write; and a full one says so once more.
            file.write(offset + source.position() - start, source);
        }
    }

    /** Afterwards everything that was written is in the file. */
    private void flush() {
        lock.lock();
        try {
            while (draining > 0 || windows.values().stream().anyMatch(window -> window.pins > 0)) {
                settled.awaitUninterruptibly();
            }
            for (Iterator<WriteWindow> all = windows.values().iterator(); all.hasNext(); ) {
                WriteWindow window = all.next();
                writeRanges(window);
                all.remove();
                spare.add(window.bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long size() {
        flush();
        return file.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        flush();
        return file.read(offset, target);
    }

    @Override
    public void zero(long offset, long length) {
        flush();
        file.zero(offset, length);
    }

    @Override
    public void resize(long size) {
        flush();
        file.resize(size);
    }

    @Override
    public void force() {
        flush();
        file.force();
    }

    @Override
    public void close() {
        try (file) {
            flush();
        } finally {
            try {
                channel.close();
            } catch (IOException e) {
                throw IoFailure.writing(file.name(), e);
            }
        }
    }

    /** A buffer whose first byte, and every {@value #ALIGNMENT}th from there, lies where a direct write wants it. */
    public static ByteBuffer aligned(int size) {
        ByteBuffer room = ByteBuffer.allocateDirect(size + ALIGNMENT - 1);
        int beyond = room.alignmentOffset(0, ALIGNMENT);
        return room.slice(beyond == 0 ? 0 : ALIGNMENT - beyond, size);
    }
}
