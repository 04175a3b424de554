package io.vmferry.reports;

import io.vmferry.spi.plan.VmPlan;

/** Single VMs for tests about one thing. */
public final class SampleVms {
    private SampleVms() {}

    public static VmPlan diskless(String name) {
        return new SampleVm(name, "router").plan();
    }
}
