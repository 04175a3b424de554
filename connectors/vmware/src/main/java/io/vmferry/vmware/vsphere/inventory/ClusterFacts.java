package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, or the compute resource around a standalone host.
 *
 * @param cluster false for the latter
 * @param drs distributes VMs over its hosts
 * @param ha restarts VMs of a host that died
 * @param dpm switches hosts off
 * @param evc the baseline of processors that it shows to VMs; null none
 * @param rules by VM: the enabled rules that name it
 */
public record ClusterFacts(
        Moref ref,
        String name,
        @Nullable Moref parent,
        boolean cluster,
        boolean drs,
        boolean ha,
        boolean dpm,
        @Nullable String evc,
        Map<Moref, List<Rule>> rules) {
    static final List<String> PATHS = List.of("name", "parent", "configurationEx", "summary");

    /** What a rule asks for. */
    public enum Kind {
        TOGETHER,
        APART,
        HOST,
        DEPENDS
    }

    /** A rule by its name. */
    public record Rule(Kind kind, String name, boolean mandatory) {}

    static ClusterFacts of(Moref ref, XmlNode cluster) {
        XmlNode config = cluster.at("configurationEx");
        return new ClusterFacts(
                ref,
                EntityName.plain(cluster.text("name", ref.value())),
                cluster.ref("parent"),
                ref.type().equals("ClusterComputeResource"),
                config != null && config.isTrue("drsConfig.enabled"),
                config != null && config.isTrue("dasConfig.enabled"),
                config != null && config.isTrue("dpmConfigInfo.enabled"),
                cluster.text("summary.currentEVCModeKey"),
                config == null ? Map.of() : rules(config));
    }

    private static Map<Moref, List<Rule>> rules(XmlNode config) {
        Map<String, List<Moref>> groups = new LinkedHashMap<>();
        for (XmlNode group : config.all("group")) {
            groups.put(group.text("name", ""), refs(group, "vm"));
        }
        Map<Moref, List<Rule>> rules = new LinkedHashMap<>();
        for (XmlNode rule : config.all("rule")) {
            if (Boolean.FALSE.equals(rule.flag("enabled"))) {
                continue;
            }
            Kind kind = switch (rule.type()) {
                case "ClusterAffinityRuleSpec" -> Kind.TOGETHER;
                case "ClusterAntiAffinityRuleSpec" -> Kind.APART;
                case "ClusterVmHostRuleInfo" -> Kind.HOST;
                default -> Kind.DEPENDS;
            };
            List<Moref> vms = new ArrayList<>(refs(rule, "vm"));
            vms.addAll(groups.getOrDefault(rule.text("vmGroupName", rule.text("vmGroup", "")), List.of()));
            Rule made = new Rule(kind, rule.text("name", rule.text("key", "")), rule.isTrue("mandatory"));
            vms.forEach(vm -> rules.computeIfAbsent(vm, v -> new ArrayList<>()).add(made));
        }
        return rules;
    }

    private static List<Moref> refs(XmlNode node, String name) {
        List<Moref> refs = new ArrayList<>();
        for (XmlNode child : node.all(name)) {
            Moref ref = child.ref();
            if (ref != null) {
                refs.add(ref);
            }
        }
        return refs;
    }
}
