package io.vmferry.batch.migration;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;

/** Before anything is touched: is the source still what the plan was made from, and does the target still admit it? */
public final class Recheck implements VmStep {
    @Override
    public String name() {
        return "recheck";
    }

    @Override
    public void run(VmMigration migration) {
        for (DiskPlan disk : migration.plan().disks()) {
            try (DiskContent content =
                    migration.source().openDisk(migration.plan().vm(), disk.disk(), ReadPoint.CURRENT)) {
                if (!content.version().equals(disk.sourceVersion())) {
                    throw new VmferryException(
                            BatchError.SOURCE_DRIFTED,
                            migration.subject(disk),
                            "the disk has changed since the plan was made",
                            "Make sure that nothing writes to the source any more, then plan and migrate again.");
                }
            }
        }
        for (Finding finding : migration.target().preflight(migration.plan())) {
            if (finding.severity() == Severity.BLOCKER) {
                throw new VmferryException(
                        BatchError.PLAN_CHANGED, finding.subject(), finding.message(), finding.remedy());
            }
        }
    }
}
