package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The files of a disk and of its parents. A linked clone's parents lie in other folders, and their descriptors name them by
 * paths of a host; so a parent is looked for by its last name where vSphere says that the chain goes on. Used by one thread
 * until all are open.
 */
final class ChainFiles implements Siblings, AutoCloseable {
    private final FolderRoute route;
    private final List<DatastorePath> chain;
    private final Supplier<AllocationMap> allocation;
    private final Lanes lanes;
    private final List<DatastoreFile> opened = new ArrayList<>();
    /** How far down the chain descriptors were opened. */
    private int level;

    /** @param allocation of the disk; asked for when a flat file is opened */
    ChainFiles(FolderRoute route, List<DatastorePath> chain, Supplier<AllocationMap> allocation, Lanes lanes) {
        this.route = route;
        this.chain = chain;
        this.allocation = allocation;
        this.lanes = lanes;
    }

    /** The descriptor of the disk itself. */
    ByteSource descriptor() {
        return new Shared(file(chain.get(0)));
    }

    @Override
    public synchronized ByteSource open(String name) {
        DatastorePath here = chain.get(level).sibling(name);
        if (level + 1 < chain.size() && chain.get(level + 1).fileName().equals(here.fileName())) {
            level++;
            return new Shared(file(chain.get(level)));
        }
        Set<DatastorePath> places = new LinkedHashSet<>(List.of(here));
        chain.forEach(descriptor -> places.add(descriptor.sibling(name)));
        VmferryException missing = null;
        for (DatastorePath place : places) {
            try {
                return new Shared(file(place));
            } catch (VmferryException e) {
                if (e.code() != TransferError.DATASTORE_FILE_MISSING) {
                    throw e;
                }
                missing = missing == null ? e : missing;
            }
        }
        throw missing == null ? new IllegalStateException("no place for " + name) : missing;
    }

    /** Looks at a file without moving on in the chain; it stays open for whoever opens it later. */
    synchronized FileStamp stamp(DatastorePath path) {
        return file(path).stamp();
    }

    private DatastoreFile file(DatastorePath path) {
        for (DatastoreFile known : opened) {
            if (known.name().equals(path.toString())) {
                return known;
            }
        }
        boolean flat = path.fileName().endsWith("-flat.vmdk");
        DatastoreFile file =
                DatastoreFile.open(route.file(path), size -> flat ? allocation.get() : AllocationMap.ALL, lanes);
        opened.add(file);
        return file;
    }

    @Override
    public synchronized void close() {
        lanes.close();
        opened.forEach(DatastoreFile::close);
    }

    /** What the converter opens and closes; the file itself is closed with the disk. */
    private record Shared(DatastoreFile file) implements ByteSource {
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
            return file.zerosUntil(offset);
        }

        @Override
        public long dataUntil(long offset) {
            return file.dataUntil(offset);
        }

        @Override
        public void close() {
            // The disk closes it.
        }
    }
}
