package io.vmferry.spi.rule;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import java.util.List;

/** Looks at one VM's facts and plan and says what is wrong or worth knowing. Pure, changes nothing. */
@FunctionalInterface
public interface Check {
    List<Finding> check(PlanningFacts facts, VmPlan plan);
}
