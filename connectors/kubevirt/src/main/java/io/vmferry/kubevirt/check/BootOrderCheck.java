package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The boot order, in which every number from 1 on may occur once. */
final class BootOrderCheck implements VmCheck {
    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        for (DiskPlan disk : vm.disks()) {
            Integer order = disk.bootOrder();
            if (order != null && (order < 1 || !taken.add(order))) {
                findings.add(TargetFinding.BOOT_ORDER_INVALID.on(
                        vm.vm().name() + " / " + disk.disk().label(),
                        order < 1
                                ? "The boot order begins at 1, not at " + order + "."
                                : "Another disk has place " + order + " in the boot order too.",
                        "Give each disk its own place in the boot order."));
            }
        }
        return findings;
    }
}
