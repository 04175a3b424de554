package io.vmferry.kubevirt.check;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.util.List;

/** One aspect of a plan, looked at for one target. Pure. */
@FunctionalInterface
interface VmCheck {
    List<Finding> check(VmPlan vm, TargetFacts facts);
}
