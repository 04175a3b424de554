package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ESXi host.
 *
 * @param name as the vCenter knows it; usually a name or address at which it is reached
 * @param parent cluster or standalone compute resource
 * @param version {@code 8.0.3}; empty unknown
 * @param connection {@code connected}, {@code disconnected}, {@code notResponding}
 * @param managementAddresses IP addresses of its management interfaces, as the host has them
 * @param sha1 fingerprint of its certificate as the vCenter trusts it; null unknown
 * @param portGroups VLAN by name of its standard port groups
 * @param portGroupMtu MTU of the switch behind them
 */
public record HostFacts(
        Moref ref,
        String name,
        @Nullable Moref parent,
        String version,
        String connection,
        boolean maintenance,
        List<String> managementAddresses,
        @Nullable String sha1,
        Map<String, Integer> portGroups,
        Map<String, Integer> portGroupMtu) {

    static final List<String> PATHS = List.of(
            "name",
            "parent",
            "runtime.connectionState",
            "runtime.inMaintenanceMode",
            "summary.config.product.version",
            "summary.config.sslThumbprint",
            "config.network.portgroup",
            "config.network.vswitch",
            "config.virtualNicManagerInfo");

    static HostFacts of(Moref ref, XmlNode host) {
        Map<String, Integer> switchMtu = new LinkedHashMap<>();
        for (XmlNode vswitch : host.each("config.network.vswitch")) {
            Integer mtu = vswitch.integer("mtu");
            if (mtu != null) {
                switchMtu.put(vswitch.text("name", ""), mtu);
            }
        }
        Map<String, Integer> vlans = new LinkedHashMap<>();
        Map<String, Integer> mtus = new LinkedHashMap<>();
        for (XmlNode group : host.each("config.network.portgroup")) {
            String name = group.text("spec.name", "");
            Integer vlan = group.integer("spec.vlanId");
            if (vlan != null) {
                vlans.put(name, vlan);
            }
            Integer mtu = switchMtu.get(group.text("spec.vswitchName", ""));
            if (mtu != null) {
                mtus.put(name, mtu);
            }
        }
        return new HostFacts(
                ref,
                EntityName.plain(host.text("name", ref.value())),
                host.ref("parent"),
                host.text("summary.config.product.version", ""),
                host.text("runtime.connectionState", ""),
                host.isTrue("runtime.inMaintenanceMode"),
                management(host),
                host.text("summary.config.sslThumbprint"),
                Map.copyOf(vlans),
                Map.copyOf(mtus));
    }

    private static List<String> management(XmlNode host) {
        List<String> addresses = new ArrayList<>();
        for (XmlNode kind : host.each("config.virtualNicManagerInfo.netConfig")) {
            if (!kind.text("nicType", "").equals("management")) {
                continue;
            }
            List<String> selected =
                    kind.all("selectedVnic").stream().map(XmlNode::text).toList();
            for (XmlNode candidate : kind.all("candidateVnic")) {
                String address = candidate.text("spec.ip.ipAddress");
                if (address != null && selected.contains(candidate.text("key", ""))) {
                    addresses.add(address);
                }
            }
        }
        return List.copyOf(addresses);
    }
}
