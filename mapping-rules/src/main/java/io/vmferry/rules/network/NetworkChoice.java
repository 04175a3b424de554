package io.vmferry.rules.network;

import io.vmferry.rules.check.PlanFinding;
import io.vmferry.rules.check.Subject;
import io.vmferry.rules.check.YamlWord;
import io.vmferry.rules.match.NetworkMatch;
import io.vmferry.rules.model.MappingRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.NetworkTarget;
import io.vmferry.rules.model.VmOverride.NicOverride;
import io.vmferry.rules.placement.TargetName;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the network of a card. What nothing maps is never guessed. */
final class NetworkChoice {
    private final MappingRules rules;

    NetworkChoice(MappingRules rules) {
        this.rules = rules;
    }

    /**
     * @param rule name of the rule; empty when none matched
     * @param to null while unmapped or refused
     */
    record Result(String rule, @Nullable NetworkTarget to) {}

    /** @param findings takes what stands in the way */
    Result of(Vm vm, Nic nic, int position, @Nullable NicOverride override, List<Finding> findings) {
        if (override != null && override.to() != null) {
            return new Result("override", override.to());
        }
        String subject = Subject.of(vm, nic);
        MappingRule<NetworkMatch, NetworkTarget> rule;
        if (override != null && override.network() != null) {
            String wanted = override.network();
            rule = rules.networks().stream()
                    .filter(candidate -> candidate.name().equals(wanted))
                    .findFirst()
                    .orElse(null);
            if (rule == null) {
                findings.add(PlanFinding.OVERRIDE_UNKNOWN_RULE.about(
                        subject, "the override asks for network rule '" + wanted + "', there is " + names()));
                return new Result("", null);
            }
        } else {
            rule = MappingRules.first(rules.networks(), match -> match.matches(vm, nic, position))
                    .orElse(null);
            if (rule == null) {
                findings.add(unmapped(subject, nic));
                return new Result("", null);
            }
        }
        if (rule.to() == null) {
            findings.add(PlanFinding.NETWORK_BLOCKED.about(
                    subject, "network rule '" + rule.name() + "' refuses it: " + rule.block()));
        }
        return new Result(rule.name(), rule.to());
    }

    private String names() {
        return rules.networks().isEmpty()
                ? "no network rule at all"
                : rules.networks().stream().map(MappingRule::name).collect(Collectors.joining(", "));
    }

    private static Finding unmapped(String subject, Nic nic) {
        String network = nic.network().name();
        String vlan =
                nic.network().vlan() == null ? "" : ", VLAN " + nic.network().vlan();
        return PlanFinding.NETWORK_UNMAPPED.about(
                subject,
                "no network rule matches '" + network + "'" + vlan,
                "Add under spec.networks of the mapping rules: - {name: "
                        + TargetName.of(network, network).name() + ", match: {network: " + YamlWord.of(network)
                        + "}, to: {driver: pod}} (or driver hybridnet or multus, see docs/rules.md)");
    }
}
