package io.vmferry.batch.migration;

import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.DiskStore;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.target.PreparedDisk;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Moves the bytes of one disk: source, decode, digest, encode, sink. Adopts what is complete already. */
public final class TransferDisk implements DiskWork.Factory {
    private final DiskStore disks;
    private final LiveBoard live;
    private final Path stateFolder;
    private final int threads;
    private final UnaryOperator<DiskImage> source;

    /**
     * @param stateFolder where block digests of unfinished disks are kept
     * @param source wraps every disk that is read
     */
    public TransferDisk(
            DiskStore disks, LiveBoard live, Path stateFolder, int threads, UnaryOperator<DiskImage> source) {
        this.disks = disks;
        this.live = live;
        this.stateFolder = stateFolder;
        this.threads = threads;
        this.source = source;
    }

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public DiskWork open(VmMigration migration, DiskPlan disk, @Nullable String checkpoint) {
        PreparedDisk prepared = migration.target().prepareDisk(migration.plan(), disk);
        if (prepared.state() == PreparedDisk.State.FINISHED) {
            return new AdoptedDisk(migration, disk, prepared, disks, live);
        }
        @Nullable String from = prepared.state() == PreparedDisk.State.BEGUN ? checkpoint : null;
        return DiskTransfer.open(migration, disk, prepared, from, disks, live, stateFolder, threads, source);
    }
}
