package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.network.Binding;
import io.vmferry.kubevirt.network.HybridnetNetwork;
import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.NetworkDriver;
import io.vmferry.spi.target.TargetFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Networks of the cards: what each driver says, and what no driver sees because it plans one card at a time. */
final class NetworkCheck implements VmCheck {
    private final NetworkDrivers drivers;

    NetworkCheck(NetworkDrivers drivers) {
        this.drivers = drivers;
    }

    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        int onPodNetwork = 0;
        for (NicPlan nic : vm.nics()) {
            String subject = vm.vm().name() + " / " + nic.nic().label();
            Optional<NetworkDriver.NicTarget> planned = drivers.plan(vm, nic);
            if (planned.isEmpty()) {
                unknown(findings, vm, nic, subject);
                continue;
            }
            findings.addAll(planned.get().findings());
            String binding = Binding.of(nic);
            if (!binding.equals(Binding.BRIDGE) && !binding.equals(Binding.MASQUERADE)) {
                findings.add(TargetFinding.BINDING_REFUSED.on(
                        subject, "The binding \"" + binding + "\" does not exist.", "Use bridge or masquerade."));
            }
            if (planned.get().network().containsKey("pod")) {
                onPodNetwork++;
                if (onPodNetwork == 2) {
                    findings.add(twice(subject, nic));
                }
                if (binding.equals(Binding.BRIDGE)) {
                    findings.add(TargetFinding.LIVE_MIGRATION_IMPOSSIBLE.on(
                            subject,
                            "A VM with a bridge on the pod network cannot be migrated between nodes while it runs.",
                            "Plan a stop of the VM when its node is to be emptied."));
                }
            }
        }
        return findings;
    }

    /** A card without any driver is the rules' matter; they have said so already when the plan is blocked. */
    private static void unknown(List<Finding> findings, VmPlan vm, NicPlan nic, String subject) {
        if (!nic.driver().isEmpty()) {
            findings.add(TargetFinding.NETWORK_DRIVER_UNKNOWN.on(
                    subject,
                    "This target has no network driver \"" + nic.driver() + "\".",
                    "Use another type in the network rule \"" + nic.rule() + "\"."));
        } else if (vm.verdict() != Verdict.BLOCKED) {
            findings.add(TargetFinding.NETWORK_DRIVER_UNKNOWN.on(
                    subject, "The card has no network on the target.", "Add a network rule that matches it."));
        }
    }

    private static Finding twice(String subject, NicPlan nic) {
        String why = nic.driver().equals(HybridnetNetwork.TYPE)
                ? "hybridnet gives a pod one card, and another card of this VM has it already."
                : "A pod has one pod network, and another card of this VM is on it already.";
        return TargetFinding.POD_NETWORK_TWICE.on(
                subject, why, "Map this card's network to multus, the only way to a second card.");
    }
}
