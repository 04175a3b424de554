package io.vmferry.spi.source;

import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.VmRef;
import java.util.List;

/** Snapshots of our own at the source. Each carries our mark, so that it is found again after a crash. */
public interface Snapshots {
    /** @param mark names the snapshot as ours: migration, VM and generation; an existing one of the same mark is adopted */
    Snapshot create(VmRef vm, String mark);

    List<Snapshot> ours(VmRef vm);

    /** Removes one of ours; refuses any other. */
    void remove(VmRef vm, Snapshot snapshot);
}
