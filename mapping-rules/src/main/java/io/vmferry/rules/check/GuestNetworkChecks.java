package io.vmferry.rules.check;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestInterface.Origin;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.Check;
import io.vmferry.spi.rule.PlanningFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whether the guest will still configure its cards: the commonest loss after a move, and one that no network can prevent. */
final class GuestNetworkChecks implements Check {
    /** udev's names by PCI slot, path or firmware index; {@code eth0} is no such name. */
    private static final Pattern BY_SLOT = Pattern.compile("en(s|p|o)\\d.*");

    @Override
    public List<Finding> check(PlanningFacts facts, VmPlan plan) {
        List<Finding> findings = new ArrayList<>();
        for (NicPlan nic : plan.nics()) {
            card(facts.vm(), nic, findings);
        }
        return findings;
    }

    private static void card(Vm vm, NicPlan nic, List<Finding> findings) {
        String subject = Subject.of(vm, nic.nic());
        GuestInterface guest = nic.nic().guest();
        if (guest == null) {
            findings.add(PlanFinding.GUEST_NETWORK_UNKNOWN.about(subject));
            return;
        }
        if (vm.guest().family() == GuestOs.Family.WINDOWS && guest.origin() == Origin.STATIC) {
            findings.add(PlanFinding.GUEST_WINDOWS_STATIC_ADDRESS.about(subject));
        }
        String name = guest.name();
        if (vm.guest().family() == GuestOs.Family.LINUX
                && guest.origin() != Origin.DHCP
                && !guest.addresses().isEmpty()
                && name != null
                && BY_SLOT.matcher(name).matches()) {
            boolean held = nic.ipPolicy() == IpPolicy.KEEP || nic.ipPolicy() == IpPolicy.SET;
            String loss = held && !nic.addresses().isEmpty()
                    ? "the address will be held for it, but the guest will not configure it"
                    : "the guest will not configure its static address";
            findings.add(PlanFinding.GUEST_INTERFACE_NAME.about(
                    subject,
                    "the guest names it " + name + " by its PCI slot, which changes: " + loss
                            + (guest.origin() == Origin.UNKNOWN ? " (if it is static, which is not known)" : "")));
        }
    }
}
