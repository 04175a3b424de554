package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.Switch;
import io.vmferry.simulator.vsphere.world.Vm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties of networks, port groups and distributed switches. */
final class NetworkProperties {
    private NetworkProperties() {}

    static @Nullable Object get(Network network, String name, Scope scope) {
        boolean distributed = network.dvs() != null;
        return switch (name) {
            case "summary" -> summary(network, scope);
            case "host" -> scope.refs(scope.world().hosts());
            case "vm" -> scope.refs(machines(network, scope));
            case "key" -> distributed ? network.id() : null;
            case "config" -> distributed ? config(network, scope) : null;
            default -> null;
        };
    }

    private static List<Vm> machines(Network network, Scope scope) {
        return scope.world().vms().stream()
                .filter(vm -> vm.spec().nics.stream().anyMatch(nic -> nic.network == network))
                .toList();
    }

    private static Data summary(Network network, Scope scope) {
        boolean opaque = network.kind() == Network.Kind.OPAQUE;
        Data summary = Data.of(opaque ? "OpaqueNetworkSummary" : "NetworkSummary")
                .set("network", scope.ref(network))
                .set("name", network.wireName())
                .set("accessible", true)
                .set("ipPoolName", "");
        return opaque
                ? summary.set("opaqueNetworkId", network.opaqueId()).set("opaqueNetworkType", "nsx.LogicalSwitch")
                : summary;
    }

    private static Data config(Network network, Scope scope) {
        Switch dvs = network.dvs();
        return Data.of("DVPortgroupConfigInfo")
                .set("key", network.id())
                .set("name", network.wireName())
                .set("numPorts", 128)
                .set("distributedVirtualSwitch", scope.refOrNull(dvs))
                .set(
                        "defaultPortConfig",
                        Data.of("VMwareDVSPortSetting")
                                .set("blocked", policy(false))
                                .set("vlan", vlan(network.vlan()))
                                .set(
                                        "securityPolicy",
                                        Data.of("DVSSecurityPolicy")
                                                .set("inherited", false)
                                                .set("allowPromiscuous", policy(false))
                                                .set("macChanges", policy(false))
                                                .set("forgedTransmits", policy(false))))
                .set("type", "earlyBinding")
                .set("backingType", "standard")
                .set("configVersion", "1")
                .set("autoExpand", true)
                .set("uplink", network.uplink);
    }

    private static Data policy(boolean value) {
        return Data.of("BoolPolicy").set("inherited", false).set("value", value);
    }

    private static Data vlan(Network.Vlan vlan) {
        if (vlan.isPrivate()) {
            return Data.of("VmwareDistributedVirtualSwitchPvlanSpec")
                    .set("inherited", false)
                    .set("pvlanId", vlan.id());
        }
        if (vlan.trunk()) {
            return Data.of("VmwareDistributedVirtualSwitchTrunkVlanSpec")
                    .set("inherited", false)
                    .set(
                            "vlanId",
                            List.of(Data.of("NumericRange")
                                    .set("start", vlan.id())
                                    .set("end", vlan.last())));
        }
        return Data.of("VmwareDistributedVirtualSwitchVlanIdSpec")
                .set("inherited", false)
                .set("vlanId", vlan.id());
    }

    static @Nullable Object get(Switch dvs, String name, Scope scope) {
        return switch (name) {
            case "uuid" -> dvs.uuid;
            case "portgroup" -> scope.refs(dvs.portGroups);
            case "summary" ->
                Data.of("DVSSummary")
                        .set("name", dvs.wireName())
                        .set("uuid", dvs.uuid)
                        .set("numPorts", 512)
                        .set("hostMember", scope.refs(scope.world().hosts()))
                        .set(
                                "portgroupName",
                                dvs.portGroups.stream().map(Network::wireName).toList())
                        .set("numHosts", scope.world().hosts().size());
            case "config" ->
                Data.of("VMwareDVSConfigInfo")
                        .set("uuid", dvs.uuid)
                        .set("name", dvs.wireName())
                        .set("numStandalonePorts", 0)
                        .set("numPorts", 512)
                        .set("maxPorts", 60000)
                        .set(
                                "uplinkPortPolicy",
                                Data.of("DVSNameArrayUplinkPortPolicy")
                                        .set("uplinkPortName", List.of("Uplink 1", "Uplink 2")))
                        .set(
                                "uplinkPortgroup",
                                scope.refs(dvs.portGroups.stream()
                                        .filter(group -> group.uplink)
                                        .toList()))
                        .set("configVersion", "1")
                        .set("createTime", VmConfig.MADE)
                        .set("networkResourceManagementEnabled", true)
                        .set("maxMtu", dvs.mtu);
            default -> null;
        };
    }
}
