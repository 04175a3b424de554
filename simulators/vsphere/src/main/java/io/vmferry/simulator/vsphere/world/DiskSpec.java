package io.vmferry.simulator.vsphere.world;

import io.vmferry.spi.image.ByteSource;
import org.jspecify.annotations.Nullable;

/** A disk to give to a machine. Set before the machine is added to the world. */
public final class DiskSpec {
    /** Bytes, a multiple of 512; overridden by {@link #content}. */
    public final long size;

    public long seed;
    /** Share of the disk that holds data, of a computed disk. */
    public double filled = 0.3;
    /** Real content instead of a computed one, for instance a file. */
    public @Nullable ByteSource content;

    /** {@code pvscsi}, {@code lsilogic}, {@code lsisas}, {@code buslogic}, {@code ahci}, {@code ide} or {@code nvme}. */
    public String controller = "pvscsi";

    public int bus;
    public @Nullable Datastore datastore;
    public boolean thin = true;
    /** As in the API: {@code persistent}, {@code independent_persistent}, {@code independent_nonpersistent}. */
    public String mode = "persistent";

    /** Several machines may write it. */
    public boolean multiWriter;
    /** A mapped raw device: {@code virtualMode} or {@code physicalMode}; null an ordinary disk. */
    public @Nullable String rdm;

    /** The disk that this one was cloned from without copying. */
    public @Nullable VmDisk cloneOf;
    /** An existing disk that several machines share. */
    public @Nullable VmDisk shared;

    DiskSpec(long size) {
        this.size = size;
    }

    public DiskSpec seed(long value) {
        seed = value;
        return this;
    }

    public DiskSpec filled(double share) {
        filled = share;
        return this;
    }

    public DiskSpec content(ByteSource bytes) {
        content = bytes;
        return this;
    }

    public DiskSpec on(Datastore store) {
        datastore = store;
        return this;
    }

    public DiskSpec controller(String model) {
        controller = model;
        return this;
    }

    public DiskSpec mode(String value) {
        mode = value;
        return this;
    }

    boolean independent() {
        return mode.startsWith("independent");
    }
}
