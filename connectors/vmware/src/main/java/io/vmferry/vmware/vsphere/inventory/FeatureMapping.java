package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.files.guest.FactSettings;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Flags of a VM and its cluster that rules may match and checks look at. A flag that the server does not tell is left out. */
final class FeatureMapping {
    /** Feature to path, of what is copied as it is. */
    private static final Map<String, String> COPIED = new LinkedHashMap<>();

    static {
        COPIED.put("hardwareVersion", "config.version");
        COPIED.put("configFile", "config.files.vmPathName");
        COPIED.put("connectionState", "runtime.connectionState");
        COPIED.put("changeTracking", "config.changeTrackingEnabled");
        COPIED.put("consolidationNeeded", "runtime.consolidationNeeded");
        COPIED.put("cpuHotAdd", "config.cpuHotAddEnabled");
        COPIED.put("cpuHotRemove", "config.cpuHotRemoveEnabled");
        COPIED.put("memoryHotAdd", "config.memoryHotAddEnabled");
        COPIED.put("memoryReservationLocked", "config.memoryReservationLockedToMax");
        COPIED.put("nestedVirtualization", "config.nestedHVEnabled");
        COPIED.put("performanceCounters", "config.vPMCEnabled");
        COPIED.put("vbs", "config.flags.vbsEnabled");
        COPIED.put("iommu", "config.flags.vvtdEnabled");
        COPIED.put("sev", "config.sevEnabled");
        COPIED.put("instantCloneFrozen", "runtime.instantCloneFrozen");
        COPIED.put("migrateEncryption", "config.migrateEncryption");
        COPIED.put("toolsVersion", "guest.toolsVersion");
        COPIED.put("toolsStatus", "guest.toolsVersionStatus2");
        COPIED.put("managedBy", "config.managedBy.extensionKey");
    }

    private FeatureMapping() {}

    static Map<String, String> of(XmlNode vm, List<ClusterFacts.Rule> rules, @Nullable ClusterFacts cluster) {
        Map<String, String> features = new LinkedHashMap<>();
        COPIED.forEach((feature, path) -> put(features, feature, vm.text(path)));
        positive(features, "cpuReservationMhz", vm.number("config.cpuAllocation.reservation"));
        positive(features, "cpuLimitMhz", vm.number("config.cpuAllocation.limit"));
        positive(features, "memoryReservationMb", vm.number("config.memoryAllocation.reservation"));
        positive(features, "memoryLimitMb", vm.number("config.memoryAllocation.limit"));
        level(features, "cpuShares", vm.text("config.cpuAllocation.shares.level"));
        level(features, "memoryShares", vm.text("config.memoryAllocation.shares.level"));
        level(features, "latencySensitivity", vm.text("config.latencySensitivity.level"));
        list(features, "cpuAffinity", vm.each("config.cpuAffinity.affinitySet"));
        list(features, "numaAffinity", vm.each("config.memoryAffinity.affinitySet"));
        put(features, "coresPerNumaNode", vm.text("config.numaInfo.coresPerNumaNode"));
        positive(features, "enclaveMb", vm.number("config.sgxInfo.epcSize"));
        faultTolerance(features, vm);
        if (vm.at("config.keyId") != null) {
            features.put("encrypted", "true");
        }
        if (vm.at("config.repConfig") != null) {
            features.put("replicated", "true");
        }
        if (vm.at("runtime.question") != null) {
            features.put("waitsForAnswer", "true");
        }
        if (vm.ref("parentVApp") != null) {
            features.put("vApp", "true");
        }
        rules(features, rules);
        cluster(features, cluster);
        settings(features, vm);
        return features;
    }

    private static void settings(Map<String, String> features, XmlNode vm) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (XmlNode option : vm.each("config.extraConfig")) {
            settings.putIfAbsent(option.text("key", ""), option.text("value", ""));
        }
        FactSettings.of(settings).forEach(features::putIfAbsent);
        String nodes = features.get("numa.nodeAffinity");
        if (nodes != null && !nodes.isBlank()) {
            features.putIfAbsent("numaAffinity", nodes);
        }
    }

    private static void faultTolerance(Map<String, String> features, XmlNode vm) {
        String state = vm.text("runtime.faultToleranceState", "notConfigured");
        if (vm.at("config.ftInfo") != null || !state.equals("notConfigured")) {
            features.put("faultTolerance", state.equals("notConfigured") ? "configured" : state);
        }
    }

    private static void rules(Map<String, String> features, List<ClusterFacts.Rule> rules) {
        named(features, "hostAffinity", rules, ClusterFacts.Kind.HOST);
        named(features, "affinityRules", rules, ClusterFacts.Kind.TOGETHER);
        named(features, "antiAffinityRules", rules, ClusterFacts.Kind.APART);
        named(features, "dependencyRules", rules, ClusterFacts.Kind.DEPENDS);
    }

    private static void named(
            Map<String, String> features, String name, List<ClusterFacts.Rule> rules, ClusterFacts.Kind kind) {
        String names = rules.stream()
                .filter(rule -> rule.kind() == kind)
                .map(ClusterFacts.Rule::name)
                .collect(Collectors.joining(", "));
        put(features, name, names.isEmpty() ? null : names);
    }

    private static void cluster(Map<String, String> features, @Nullable ClusterFacts cluster) {
        if (cluster != null) {
            features.put("clusterDrs", Boolean.toString(cluster.drs()));
            features.put("clusterHa", Boolean.toString(cluster.ha()));
            features.put("clusterDpm", Boolean.toString(cluster.dpm()));
            put(features, "clusterEvc", cluster.evc());
        }
    }

    private static void put(Map<String, String> features, String name, @Nullable String value) {
        if (value != null) {
            features.put(name, value);
        }
    }

    /** 0 is no reservation, -1 no limit. */
    private static void positive(Map<String, String> features, String name, @Nullable Long value) {
        put(features, name, value == null || value <= 0 ? null : value.toString());
    }

    private static void level(Map<String, String> features, String name, @Nullable String level) {
        put(features, name, level == null || level.equals("normal") ? null : level);
    }

    private static void list(Map<String, String> features, String name, List<XmlNode> values) {
        String joined = values.stream().map(XmlNode::text).collect(Collectors.joining(","));
        put(features, name, joined.isEmpty() ? null : joined);
    }
}
