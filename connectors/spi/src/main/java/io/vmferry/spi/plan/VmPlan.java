package io.vmferry.spi.plan;

import io.vmferry.spi.model.Vm;
import io.vmferry.spi.target.ObjectRef;
import java.util.ArrayList;
import java.util.List;

/**
 * What will be done with one VM. Also the draft that rules amend: each rule returns a changed copy.
 *
 * @param key short, stable, a pure function of source and VM: names steps, partitions and rows ({@code v-3f9a1c20})
 * @param vm the facts it was decided on
 * @param objects what will be created on the target, in order of creation
 */
public record VmPlan(
        String key,
        Vm vm,
        TargetVm target,
        List<DiskPlan> disks,
        List<NicPlan> nics,
        List<Finding> findings,
        List<ObjectRef> objects) {
    public VmPlan {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        findings = List.copyOf(findings);
        objects = List.copyOf(objects);
    }

    public Verdict verdict() {
        return Verdict.of(findings);
    }

    public long bytesToRead() {
        return disks.stream().mapToLong(DiskPlan::bytesToRead).sum();
    }

    public long bytesToWrite() {
        return disks.stream().mapToLong(DiskPlan::bytesToWrite).sum();
    }

    public VmPlan withTarget(TargetVm changed) {
        return new VmPlan(key, vm, changed, disks, nics, findings, objects);
    }

    public VmPlan withDisks(List<DiskPlan> changed) {
        return new VmPlan(key, vm, target, changed, nics, findings, objects);
    }

    public VmPlan withNics(List<NicPlan> changed) {
        return new VmPlan(key, vm, target, disks, changed, findings, objects);
    }

    public VmPlan withObjects(List<ObjectRef> changed) {
        return new VmPlan(key, vm, target, disks, nics, findings, changed);
    }

    public VmPlan plus(List<Finding> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new VmPlan(key, vm, target, disks, nics, all, objects);
    }
}
