package io.vmferry.batch.migration;

import io.vmferry.batch.store.DiskRecord;
import io.vmferry.batch.store.DiskStore;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.report.RunState;
import io.vmferry.spi.target.PreparedDisk;

/** Makes room for every disk, or finds what an earlier run left there. */
public final class PrepareTarget implements VmStep {
    private final DiskStore disks;

    public PrepareTarget(DiskStore disks) {
        this.disks = disks;
    }

    @Override
    public String name() {
        return "prepare-target";
    }

    @Override
    public void run(VmMigration migration) {
        for (DiskPlan disk : migration.plan().disks()) {
            PreparedDisk prepared = migration.target().prepareDisk(migration.plan(), disk);
            if (disks.of(migration.id(), disk.key()).isEmpty()) {
                disks.put(
                        migration.id(),
                        new DiskRecord(disk.key(), RunState.PENDING, prepared.location(), 0, 0, 0, null, "", 0));
            }
        }
    }
}
