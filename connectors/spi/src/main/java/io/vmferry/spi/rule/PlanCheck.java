package io.vmferry.spi.rule;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import java.util.List;
import java.util.Map;

/** Looks at all VMs of a plan at once: names, MAC and IP addresses that must be unique. Pure. */
@FunctionalInterface
public interface PlanCheck {
    /** Findings by {@link VmPlan#key}. */
    Map<String, List<Finding>> check(List<VmPlan> vms);
}
