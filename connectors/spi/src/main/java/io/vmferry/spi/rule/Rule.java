package io.vmferry.spi.rule;

import io.vmferry.spi.plan.VmPlan;

/** Decides one aspect of a VM's plan. Pure: no I/O, no clock, same input same output. Rules run in a fixed order. */
public interface Rule {
    /** Stable id, shown when somebody asks why. */
    String id();

    /** The draft with this rule's decisions, and a finding for whatever it could not decide. */
    VmPlan apply(PlanningFacts facts, VmPlan draft);
}
