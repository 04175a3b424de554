package io.vmferry.reports;

import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;

/** Single VMs for tests about one thing. */
public final class SampleVms {
    static final String HOSTILE = "<script>alert(1)</script>\"><img src=x onerror='x'>\u202Egnp.exe\u200B\nline & two";

    /** The same with everything visible that a reader should see. */
    public static final String HOSTILE_AS_SHOWN =
            "<script>alert(1)</script>\"><img src=x onerror='x'>\\u202Egnp.exe\\u200B\\nline & two";

    private SampleVms() {}

    /** A VM whose every name tries to break out of the page. */
    public static VmPlan hostile() {
        return new SampleVm(HOSTILE, "hostile")
                .guest(HOSTILE, GuestOs.Family.OTHER, HOSTILE)
                .note(HOSTILE)
                .disk(SampleVm.GIB, SampleVm.MIB, true)
                .nic(HOSTILE, HOSTILE, "multus", NicPlan.IpPolicy.KEEP, HOSTILE)
                .device("cdrom", HOSTILE, HOSTILE)
                .snapshot(HOSTILE)
                .finding(Finding.warning(HOSTILE, HOSTILE, HOSTILE, HOSTILE))
                .plan();
    }

    public static VmPlan diskless(String name) {
        return new SampleVm(name, "router").plan();
    }
}
