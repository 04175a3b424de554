package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.function.LongFunction;

/** A file on a datastore that can be read anywhere, over HTTPS ranges. */
final class DatastoreFile implements ByteSource {
    /** Longer than any descriptor of one disk, so that one is known after the first look. */
    private static final int HEAD = 4 << 10;

    private final WebFile file;
    private final FileStamp stamp;
    private final ByteBuffer head;
    private final AllocationMap map;
    private final RangeReader reader;
    private final ReadAhead ahead;
    private final SmallPages pages;
    private volatile boolean closed;

    private DatastoreFile(WebFile file, FileStamp stamp, ByteBuffer head, AllocationMap map, Lanes lanes) {
        this.file = file;
        this.stamp = stamp;
        this.head = head;
        this.map = map;
        this.reader = new RangeReader(file, stamp, () -> closed || lanes.isClosed());
        this.ahead = new ReadAhead(file.name(), reader, map, stamp.size(), lanes);
        this.pages = new SmallPages(reader, stamp.size());
    }

    /**
     * Looks at the file's length and first bytes.
     *
     * @param map what is allocated, by the length of the file
     * @param lanes shared with the disk's other files; the caller's
     */
    static DatastoreFile open(WebFile file, LongFunction<AllocationMap> map, Lanes lanes) {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        FileStamp stamp = RangeReader.begin(file, head);
        return new DatastoreFile(file, stamp, head.flip(), map.apply(stamp.size()), lanes);
    }

    FileStamp stamp() {
        return stamp;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return stamp.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        if (closed) {
            throw new VmferryException(
                    CommonError.INTERNAL, name(), "it was closed before", "Report this as a defect.");
        }
        long length = Math.min(target.remaining(), size() - offset);
        if (length <= 0) {
            return 0;
        }
        if (offset + length <= head.limit()) {
            target.put(head.slice((int) offset, (int) length));
            return (int) length;
        }
        int limit = target.limit();
        long end = offset + length;
        for (long at = offset; at < end; ) {
            long data = Math.min(end, map.zerosUntil(at));
            target.limit(target.position() + (int) (data - at));
            while (target.hasRemaining()) {
                target.put((byte) 0);
            }
            at = data;
            if (at < end) {
                long stop = Math.min(end, map.dataUntil(at));
                target.limit(target.position() + (int) (stop - at));
                data(at, target);
                at = stop;
            }
        }
        target.limit(limit);
        return (int) length;
    }

    private void data(long offset, ByteBuffer target) {
        if (ahead.suits(offset, target.remaining())) {
            ahead.read(offset, target);
        } else {
            pages.read(offset, target);
        }
    }

    @Override
    public long zerosUntil(long offset) {
        return offset >= size() ? size() : Math.min(size(), map.zerosUntil(offset));
    }

    @Override
    public long dataUntil(long offset) {
        return Math.min(size(), map.dataUntil(offset));
    }

    @Override
    public void close() {
        closed = true;
        ahead.close();
    }
}
