package io.vmferry.batch.migration;

import io.vmferry.batch.store.TaskId;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.spi.target.TargetSession;

/**
 * What a step works on: the plan of one VM and the two open ends. The sessions belong to the process, not to the step.
 *
 * @param point what state of the disks is read
 */
public record VmMigration(TaskId id, VmPlan plan, ReadPoint point, SourceSession source, TargetSession target) {

    /** @param key {@code DiskPlan.key()} */
    public DiskPlan disk(String key) {
        return plan.disks().stream()
                .filter(disk -> disk.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** For messages: {@code web01 / Hard disk 1}. */
    public String subject(DiskPlan disk) {
        return plan.vm().name() + " / " + disk.disk().label();
    }
}
