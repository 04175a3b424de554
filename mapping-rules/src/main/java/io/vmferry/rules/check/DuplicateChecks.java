package io.vmferry.rules.check;

import io.vmferry.rules.model.NetworkTarget;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.PlanCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must be there only once: VMs, names, MAC addresses, held addresses, BIOS UUIDs. */
final class DuplicateChecks implements PlanCheck {
    /** One user of something. */
    private record Use(VmPlan vm, String subject) {}

    @Override
    public Map<String, List<Finding>> check(List<VmPlan> vms) {
        Map<String, List<Use>> keys = new LinkedHashMap<>();
        Map<String, List<Use>> names = new LinkedHashMap<>();
        Map<String, List<Use>> macs = new LinkedHashMap<>();
        Map<String, List<Use>> ips = new LinkedHashMap<>();
        Map<String, List<Use>> uuids = new LinkedHashMap<>();
        for (VmPlan vm : vms) {
            Use self = new Use(vm, Subject.of(vm.vm()));
            note(keys, vm.key(), self);
            note(names, vm.target().namespace() + "/" + vm.target().name(), self);
            if (vm.target().uuid() != null) {
                note(uuids, vm.target().uuid(), self);
            }
            for (NicPlan nic : vm.nics()) {
                Use card = new Use(vm, Subject.of(vm.vm(), nic.nic()));
                if (nic.mac() != null) {
                    note(macs, nic.mac(), card);
                }
                addresses(nic).forEach(address -> note(ips, address, card));
            }
        }
        Map<String, List<Finding>> findings = new LinkedHashMap<>();
        report(keys, PlanFinding.PLAN_DUPLICATE_VM, "is in the plan more than once as", findings);
        report(names, PlanFinding.PLAN_DUPLICATE_NAME, "gets the same name on the target as", findings);
        report(macs, PlanFinding.PLAN_DUPLICATE_MAC, "gets the same MAC address as", findings);
        report(ips, PlanFinding.PLAN_DUPLICATE_IP, "gets the same address as", findings);
        report(uuids, PlanFinding.PLAN_DUPLICATE_UUID, "has the same BIOS UUID as", findings);
        return findings;
    }

    /** Addresses with the network they are unique in: all of hybridnet, a single attachment for Multus. */
    private static List<String> addresses(NicPlan nic) {
        if (nic.ipPolicy() != IpPolicy.KEEP && nic.ipPolicy() != IpPolicy.SET) {
            return List.of();
        }
        String network = nic.driver().equals(NetworkTarget.HYBRIDNET)
                ? nic.driver()
                : nic.driver() + new TreeMap<>(nic.settings());
        return nic.addresses().stream()
                .map(address -> network + "\u0000" + address.ip())
                .toList();
    }

    private static void note(Map<String, List<Use>> uses, String what, Use use) {
        uses.computeIfAbsent(what, key -> new ArrayList<>()).add(use);
    }

    private static void report(
            Map<String, List<Use>> uses, PlanFinding finding, String how, Map<String, List<Finding>> findings) {
        uses.forEach((what, users) -> {
            if (users.size() < 2) {
                return;
            }
            String shown = what.substring(what.indexOf('\u0000') + 1);
            for (int i = 0; i < users.size(); i++) {
                Use use = users.get(i);
                Use other = users.get(i == 0 ? 1 : 0);
                String more = users.size() > 2 ? " and " + (users.size() - 2) + " more" : "";
                findings.computeIfAbsent(use.vm().key(), key -> new ArrayList<>())
                        .add(finding.about(use.subject(), "it " + how + " " + other.subject() + more + ": " + shown));
            }
        });
    }
}
