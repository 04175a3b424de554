package io.vmferry.rules.check;

import io.vmferry.rules.model.NetworkTarget;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the mapped networks can be had on the target, and what the cards were at the source. */
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
        List<NicPlan> onPod =
                plan.nics().stream().filter(NetworkChecks::onPodNetwork).toList();
        if (onPod.size() > 1) {
            String cards = onPod.stream().map(nic -> nic.nic().label()).collect(Collectors.joining(", "));
            findings.add(PlanFinding.NETWORK_SEVERAL_ON_POD.about(
                    Subject.of(vm), "a VM can have one card on the pod network, and " + cards + " are mapped to it"));
        }
        plan.nics().forEach(nic -> card(facts, nic, findings));
        return findings;
    }

    /** hybridnet is the pod's primary network and gives it one interface. */
    private static boolean onPodNetwork(NicPlan nic) {
        return nic.driver().equals(NetworkTarget.POD) || nic.driver().equals(NetworkTarget.HYBRIDNET);
    }

    private static void card(PlanningFacts facts, NicPlan nic, List<Finding> findings) {
        String subject = Subject.of(facts.vm(), nic.nic());
        Set<String> drivers = facts.target().networkDrivers();
        if (!nic.driver().isEmpty() && !drivers.isEmpty() && !drivers.contains(nic.driver())) {
            findings.add(PlanFinding.NETWORK_DRIVER_UNAVAILABLE.about(
                    subject,
                    "the target does not offer network driver " + nic.driver() + ", it has "
                            + drivers.stream().sorted().collect(Collectors.joining(", "))));
        }
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
        if (onPodNetwork(nic) && nic.binding().equals(NetworkTarget.BRIDGE)) {
            findings.add(PlanFinding.NETWORK_NO_LIVE_MIGRATION.about(subject));
        }
    }
}
