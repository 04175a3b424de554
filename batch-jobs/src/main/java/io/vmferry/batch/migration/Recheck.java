package io.vmferry.batch.migration;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.source.DiskContent;
import java.util.List;

/** Before anything is touched: is the source still what the plan was made from, and does the target still admit it? */
public final class Recheck implements VmStep {
    @Override
    public String name() {
        return "recheck";
    }

    @Override
    public void run(VmMigration migration) {
        for (DiskPlan disk : migration.plan().disks()) {
            // Without a version the VM ran when it was planned: its disks change until it is quiesced.
            if (disk.sourceVersion().isEmpty()) {
                continue;
            }
            try (DiskContent content =
                    migration.source().openDisk(migration.plan().vm(), disk.disk(), migration.point())) {
                if (!content.version().equals(disk.sourceVersion())) {
                    throw drifted(migration.subject(disk));
                }
            }
        }
        sameHardware(
                migration.plan().vm(),
                migration.source().describe(migration.plan().vm().ref()));
        for (Finding finding : migration.target().preflight(migration.plan())) {
            if (finding.severity() == Severity.BLOCKER) {
                throw new VmferryException(
                        BatchError.PLAN_CHANGED, finding.subject(), finding.message(), finding.remedy());
            }
        }
    }

    /** What was planned for must still be what is there: a disk more is a disk that nobody would copy. */
    private static void sameHardware(Vm planned, Vm found) {
        List<String> disks = planned.disks().stream().map(Recheck::mark).toList();
        List<String> now = found.disks().stream().map(Recheck::mark).toList();
        if (!now.equals(disks)) {
            throw new VmferryException(
                    BatchError.SOURCE_DRIFTED,
                    planned.name(),
                    "its disks are others than those that were planned: " + now + ", planned " + disks,
                    "Run the same command again, which plans anew.");
        }
    }

    private static String mark(Disk disk) {
        return disk.key() + " of " + disk.capacityBytes() + " bytes";
    }

    static VmferryException drifted(String subject) {
        return new VmferryException(
                BatchError.SOURCE_DRIFTED,
                subject,
                "the disk has changed since the plan was made",
                "Make sure that nothing writes to the source any more, then plan and migrate again.");
    }
}
