package io.vmferry.rules.check;

import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;

/** Storage classes as the target has them. */
final class StorageChecks implements Check {
    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        List<String> known = facts.target().storageClasses();
        List<Finding> findings = new ArrayList<>();
        for (DiskPlan disk : plan.disks()) {
            String subject = Subject.of(facts.vm(), disk.disk());
            String name = disk.storageClass();
            if (name != null && !known.isEmpty() && !known.contains(name)) {
                findings.add(PlanFinding.STORAGE_CLASS_UNKNOWN.about(
                        subject,
                        "storage class '" + name + "' does not exist on the target, there is "
                                + String.join(", ", known)));
            }
            if ("ReadWriteOnce".equals(disk.accessMode()) || "ReadWriteOncePod".equals(disk.accessMode())) {
                findings.add(PlanFinding.STORAGE_NO_LIVE_MIGRATION.about(subject));
            }
        }
        return findings;
    }
}
