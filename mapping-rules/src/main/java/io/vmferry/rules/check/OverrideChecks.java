package io.vmferry.rules.check;

import io.vmferry.rules.model.Overrides;
import io.vmferry.rules.model.VmOverride;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;

/** Overrides for cards and disks that are not there. */
final class OverrideChecks implements Check {
    private final Overrides overrides;

    OverrideChecks(Overrides overrides) {
        this.overrides = overrides;
    }

    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        VmOverride override = overrides.of(vm);
        List<Finding> findings = new ArrayList<>();
        override.nics().stream()
                .filter(nic -> nic.nic() >= vm.nics().size())
                .forEach(nic ->
                        findings.add(missing(vm, "card " + nic.nic(), vm.nics().size() + " cards")));
        override.disks().stream()
                .filter(disk -> disk.disk() >= vm.disks().size())
                .forEach(disk -> findings.add(
                        missing(vm, "disk " + disk.disk(), vm.disks().size() + " disks")));
        return findings;
    }

    private static Finding missing(Vm vm, String what, String has) {
        return PlanFinding.OVERRIDE_UNKNOWN_DEVICE.about(
                Subject.of(vm), "an override is for " + what + ", and the VM has " + has);
    }
}
