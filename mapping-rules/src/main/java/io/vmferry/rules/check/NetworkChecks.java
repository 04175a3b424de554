package io.vmferry.rules.check;

import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;

/** What the cards were at the source. */
final class NetworkChecks implements Check {
    /** VMware's number for a port that passes all VLANs. */
    private static final int TRUNK = 4095;

    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        Vm vm = facts.vm();
        List<Finding> findings = new ArrayList<>();
        if (plan.nics().isEmpty()) {
            findings.add(PlanFinding.NETWORK_NONE.about(Subject.of(vm)));
        }
        plan.nics().forEach(nic -> card(vm, nic, findings));
        return findings;
    }

    private static void card(Vm vm, NicPlan nic, List<Finding> findings) {
        String subject = Subject.of(vm, nic.nic());
        if (!nic.connected()) {
            findings.add(PlanFinding.NETWORK_DISCONNECTED.about(subject));
        }
        Integer vlan = nic.nic().network().vlan();
        if (vlan != null && vlan == TRUNK) {
            findings.add(PlanFinding.NETWORK_TRUNK.about(subject));
        }
        if (nic.nic().model().contains("sriov")) {
            findings.add(PlanFinding.NETWORK_SRIOV.about(subject));
        }
    }
}
