package io.vmferry.rules.network;

import io.vmferry.rules.check.PlanFinding;
import io.vmferry.rules.check.Subject;
import io.vmferry.rules.compute.ComputeChoice;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.NetworkTarget;
import io.vmferry.rules.model.Overrides;
import io.vmferry.rules.model.VmOverride.NicOverride;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.NicPlan.MacPolicy;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives each card its network, MAC address and the addresses that are held for it. */
public final class NetworkRule implements Rule {
    private final NetworkChoice networks;
    private final ComputeChoice compute;
    private final Overrides overrides;

    public NetworkRule(MigrationFile file, MappingRules rules, ComputeChoice compute) {
        this.networks = new NetworkChoice(rules);
        this.compute = compute;
        this.overrides = new Overrides(file.overrides());
    }

    @Override
    public String id() {
        return "networks";
    }

    @Override
    public VmPlan apply(PlanningFacts facts, VmPlan draft) {
        Vm vm = facts.vm();
        List<Finding> findings = new ArrayList<>();
        List<NicPlan> plans = new ArrayList<>();
        for (int i = 0; i < vm.nics().size(); i++) {
            plans.add(nic(vm, i, findings));
        }
        return draft.withNics(plans).plus(findings);
    }

    private NicPlan nic(Vm vm, int position, List<Finding> findings) {
        Nic nic = vm.nics().get(position);
        @Nullable NicOverride override = overrides.of(vm).nic(position).orElse(null);
        NetworkChoice.Result mapped = networks.of(vm, nic, position, override, findings);
        @Nullable NetworkTarget to = mapped.to();
        @Nullable String macSet = override == null ? null : override.mac();
        MacPolicy macPolicy = macSet != null ? MacPolicy.SET : to == null ? MacPolicy.KEEP : to.mac();
        @Nullable String mac = macSet != null ? macSet : mac(vm, nic, macPolicy, findings);
        List<GuestInterface.Address> ipSet = override == null ? List.of() : override.addresses();
        IpPolicy ipPolicy = !ipSet.isEmpty() ? IpPolicy.SET : to == null ? IpPolicy.GUEST : to.ip();
        List<GuestInterface.Address> addresses =
                !ipSet.isEmpty() ? ipSet : to == null ? List.of() : addresses(vm, nic, to, findings);
        return new NicPlan(
                "n" + position,
                nic,
                mapped.rule(),
                to == null ? "" : to.driver(),
                to == null ? Map.of() : to.settings(),
                to == null ? NetworkTarget.BRIDGE : to.binding(),
                compute.nicModel(vm),
                macPolicy,
                mac,
                ipPolicy,
                addresses,
                nic.connected());
    }

    private static @Nullable String mac(Vm vm, Nic nic, MacPolicy policy, List<Finding> findings) {
        if (policy == MacPolicy.GENERATE) {
            findings.add(PlanFinding.NETWORK_MAC_GENERATED.about(Subject.of(vm, nic)));
            return null;
        }
        String given = nic.mac();
        if (given == null) {
            findings.add(PlanFinding.NETWORK_MAC_UNKNOWN.about(Subject.of(vm, nic)));
            return null;
        }
        @Nullable String normal = MacAddress.normal(given).orElse(null);
        if (normal == null) {
            findings.add(PlanFinding.NETWORK_MAC_INVALID.about(
                    Subject.of(vm, nic), "its MAC address '" + given + "' is none that a card can have on the target"));
        }
        return normal;
    }

    private static List<GuestInterface.Address> addresses(Vm vm, Nic nic, NetworkTarget to, List<Finding> findings) {
        if (to.ip() != IpPolicy.KEEP) {
            return List.of();
        }
        AddressChoice choice = AddressChoice.of(nic, to.families());
        if (holds(to) && !choice.ambiguous().isEmpty()) {
            findings.add(PlanFinding.NETWORK_IP_AMBIGUOUS.about(
                    Subject.of(vm, nic), "its address is to be kept, and it has several: " + text(choice.ambiguous())));
        } else if (holds(to) && choice.chosen().isEmpty()) {
            findings.add(PlanFinding.NETWORK_IP_UNKNOWN.about(
                    Subject.of(vm, nic), "its address is to be kept, and no guest agent reported one"));
        }
        GuestInterface guest = nic.guest();
        if (guest != null && guest.lastSeen() && !choice.chosen().isEmpty()) {
            findings.add(PlanFinding.NETWORK_IP_LAST_SEEN.about(
                    Subject.of(vm, nic),
                    "address " + text(choice.chosen()) + " is the last one the guest reported, it did not run when"
                            + " it was looked at"));
        }
        if (!holds(to)) {
            List<GuestInterface.Address> all = new ArrayList<>(choice.chosen());
            all.addAll(choice.ambiguous());
            return all;
        }
        return choice.chosen();
    }

    /** Of the drivers there are, hybridnet alone manages addresses. */
    private static boolean holds(NetworkTarget to) {
        return to.driver().equals(NetworkTarget.HYBRIDNET);
    }

    private static String text(List<GuestInterface.Address> addresses) {
        return addresses.stream()
                .map(address -> address.ip() + "/" + address.prefixLength())
                .collect(Collectors.joining(", "));
    }
}
