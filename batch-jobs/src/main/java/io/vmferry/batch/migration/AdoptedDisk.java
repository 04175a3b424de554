package io.vmferry.batch.migration;

import io.vmferry.batch.live.DiskProgress;
import io.vmferry.batch.live.LiveBoard;
import io.vmferry.batch.store.DiskRecord;
import io.vmferry.batch.store.DiskStore;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.target.DiskEvidence;
import io.vmferry.spi.target.PreparedDisk;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A disk that an earlier attempt completed: nothing to copy, only to write down. */
final class AdoptedDisk implements DiskWork {
    private final VmMigration migration;
    private final DiskPlan disk;
    private final PreparedDisk prepared;
    private final DiskStore disks;
    private final LiveBoard live;

    AdoptedDisk(VmMigration migration, DiskPlan disk, PreparedDisk prepared, DiskStore disks, LiveBoard live) {
        this.migration = migration;
        this.disk = disk;
        this.prepared = prepared;
        this.disks = disks;
        this.live = live;
    }

    @Override
    public boolean slice(Duration budget) {
        DiskEvidence evidence = Objects.requireNonNull(prepared.evidence());
        DiskRecord before = disks.of(migration.id(), disk.key()).orElse(null);
        disks.put(
                migration.id(),
                new DiskRecord(
                        disk.key(),
                        RunState.ADOPTED,
                        prepared.location(),
                        evidence.virtualSize(),
                        before == null ? 0 : before.bytesRead(),
                        evidence.bytesWritten(),
                        evidence.digest().hex(),
                        before == null ? "" : before.proof(),
                        before == null ? 0 : before.seconds()));
        String vm = migration.plan().vm().name();
        live.say(migration.subject(disk) + ": already complete; adopted");
        live.progress(
                migration.id(),
                disk.key(),
                new DiskProgress(vm, disk.disk().label(), "copy", evidence.virtualSize(), evidence.virtualSize()));
        return true;
    }

    @Override
    public @Nullable String checkpoint() {
        return null;
    }

    @Override
    public void requestStop() {
        // Done in no time.
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}
