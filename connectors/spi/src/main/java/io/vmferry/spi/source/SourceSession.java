package io.vmferry.spi.source;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An open source. Safe for many threads.
 *
 * <p>Nothing here changes the source; what does is behind {@link #power}, {@link #snapshots} and {@link #nics}, which only some
 * sources have.
 */
public interface SourceSession extends AutoCloseable {
    SourceInfo info();

    /** All VMs, in the source's order, fetched page by page while the stream is consumed. The caller closes the stream. */
    Stream<VmRef> list();

    /** One VM in full. */
    Vm describe(VmRef vm);

    /**
     * Many VMs in full, in the order asked for, fetched page by page while the stream is consumed. A server that can tell
     * hundreds in one answer does. A VM that fails is an element like any other. The caller closes the stream.
     */
    default Stream<Described> describeAll(List<VmRef> vms) {
        return vms.stream().map(vm -> {
            try {
                return new Described.Full(describe(vm));
            } catch (VmferryException e) {
                return new Described.Failed(vm, e);
            }
        });
    }

    /**
     * Opens a disk for reading.
     *
     * @param point what state of the disk to read
     */
    DiskContent openDisk(Vm vm, Disk disk, ReadPoint point);

    default Optional<PowerControl> power() {
        return Optional.empty();
    }

    default Optional<Snapshots> snapshots() {
        return Optional.empty();
    }

    default Optional<ChangedBlocks> changedBlocks() {
        return Optional.empty();
    }

    default Optional<NicControl> nics() {
        return Optional.empty();
    }

    @Override
    void close();
}
