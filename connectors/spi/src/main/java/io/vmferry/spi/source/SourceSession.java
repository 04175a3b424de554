package io.vmferry.spi.source;

import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
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
