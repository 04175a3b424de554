package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Cluster;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of clusters, of the compute resource of a single host, and of resource pools. */
final class ComputeProperties {
    private ComputeProperties() {}

    static @Nullable Object get(Cluster cluster, String name, Scope scope) {
        return switch (name) {
            case "resourcePool" -> scope.ref(cluster.pool);
            case "host" -> scope.refs(cluster.hosts);
            case "datastore" -> scope.refs(scope.children(scope.world().datacenter.datastores));
            case "network" ->
                scope.refs(scope.children(scope.world().datacenter.networks).stream()
                        .filter(Network.class::isInstance)
                        .toList());
            case "summary" -> summary(cluster, scope);
            case "configurationEx" -> scope.host() == null ? configuration(cluster, scope) : null;
            default -> null;
        };
    }

    private static Data summary(Cluster cluster, Scope scope) {
        int hosts = scope.host() == null ? cluster.hosts.size() : 1;
        Data summary = Data.of(scope.host() == null ? "ClusterComputeResourceSummary" : "ComputeResourceSummary")
                .set("totalCpu", hosts * 48 * 2400)
                .set("totalMemory", hosts * (768L << 30))
                .set("numCpuCores", (short) (hosts * 48))
                .set("numCpuThreads", (short) (hosts * 96))
                .set("effectiveCpu", hosts * 48 * 2300)
                .set("effectiveMemory", hosts * (760L << 10))
                .set("numHosts", hosts)
                .set("numEffectiveHosts", hosts)
                .set("overallStatus", "green");
        return scope.host() == null
                ? summary.set("numVmotions", 0)
                        .set("currentEVCModeKey", cluster.evcMode.isEmpty() ? null : cluster.evcMode)
                : summary;
    }

    private static Data configuration(Cluster cluster, Scope scope) {
        List<Data> rules = new ArrayList<>();
        for (Cluster.Rule rule : cluster.rules) {
            List<MoRef> machines = scope.refs(rule.vms());
            rules.add(Data.of(rule.together() ? "ClusterAffinityRuleSpec" : "ClusterAntiAffinityRuleSpec")
                    .set("key", rules.size() + 1)
                    .set("status", "green")
                    .set("enabled", true)
                    .set("name", rule.name())
                    .set("mandatory", rule.mandatory())
                    .set("userCreated", true)
                    .set("inCompliance", true)
                    .set("vm", machines));
        }
        return Data.of("ClusterConfigInfoEx")
                .set(
                        "dasConfig",
                        Data.of("ClusterDasConfigInfo")
                                .set("enabled", cluster.ha)
                                .set("admissionControlEnabled", true))
                .set(
                        "drsConfig",
                        Data.of("ClusterDrsConfigInfo")
                                .set("enabled", cluster.drs)
                                .set("enableVmBehaviorOverrides", true)
                                .set("defaultVmBehavior", "fullyAutomated")
                                .set("vmotionRate", 3))
                .set("rule", rules)
                .set("dpmConfigInfo", Data.of("ClusterDpmConfigInfo").set("enabled", false));
    }

    static @Nullable Object get(Pool pool, String name, Scope scope) {
        return switch (name) {
            case "owner" -> scope.ref(pool.cluster);
            case "resourcePool" -> scope.refs(pool.children);
            case "vm" -> scope.refs(pool.vms);
            case "summary" ->
                Data.of("ResourcePoolSummary").set("name", pool.wireName()).set("config", config(pool, scope));
            case "config" -> config(pool, scope);
            default -> null;
        };
    }

    private static Data config(Pool pool, Scope scope) {
        return Data.of("ResourceConfigSpec")
                .set("entity", scope.ref(pool))
                .set("cpuAllocation", allocation())
                .set("memoryAllocation", allocation());
    }

    private static Data allocation() {
        return Data.of("ResourceAllocationInfo")
                .set("reservation", 0L)
                .set("expandableReservation", true)
                .set("limit", -1L)
                .set("shares", Data.of("SharesInfo").set("shares", 4000).set("level", "normal"));
    }
}
