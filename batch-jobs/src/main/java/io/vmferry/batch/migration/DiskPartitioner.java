package io.vmferry.batch.migration;

import io.vmferry.spi.plan.VmPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** One partition per disk, named by its short key: Batch's step names hold 100 characters, VM names may not fit. */
final class DiskPartitioner implements Partitioner {
    private final VmPlan plan;

    DiskPartitioner(VmPlan plan) {
        this.plan = plan;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        plan.disks().forEach(disk -> {
            ExecutionContext context = new ExecutionContext();
            context.putString(DiskWorkTasklet.DISK, disk.key());
            partitions.put(disk.key(), context);
        });
        return partitions;
    }
}
