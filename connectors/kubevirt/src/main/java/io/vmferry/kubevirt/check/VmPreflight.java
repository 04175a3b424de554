package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be said of a plan without asking a cluster: what KubeVirt's and CDI's webhooks would refuse, what they do
 * not refuse but should, and what the target's version cannot express. Pure. Safe for many threads.
 */
public final class VmPreflight {
    private final TargetFacts facts;
    private final List<VmCheck> checks;

    public VmPreflight(TargetFacts facts, NetworkDrivers drivers) {
        this.facts = facts;
        this.checks = List.of(
                new NameCheck(),
                new LabelCheck(),
                new MachineCheck(),
                new FirmwareCheck(),
                new DiskCheck(),
                new BootOrderCheck(),
                new NicCheck(),
                new NetworkCheck(drivers));
    }

    public List<Finding> check(VmPlan vm) {
        List<Finding> findings = new ArrayList<>();
        checks.forEach(check -> findings.addAll(check.check(vm, facts)));
        return findings;
    }
}
