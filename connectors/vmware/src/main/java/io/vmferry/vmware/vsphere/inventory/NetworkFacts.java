package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network that cards can hang on.
 *
 * @param key what a card's backing names it by: the port group's key, an NSX network's id, else the reference's value
 * @param kind {@code port group}, {@code distributed port group}, {@code NSX network}
 * @param vlan 0 none, 4095 trunk; null for standard port groups, where hosts decide, and where it is unknown
 * @param mtu null unknown
 * @param uplink the switch's own, no VM belongs there
 */
public record NetworkFacts(
        Moref ref,
        String name,
        String key,
        String kind,
        @Nullable Integer vlan,
        @Nullable Integer mtu,
        boolean uplink) {
    static final List<String> PATHS = List.of("name");
    static final List<String> PORT_GROUP_PATHS = List.of(
            "name", "key", "config.defaultPortConfig", "config.distributedVirtualSwitch", "config.uplink", "tag");
    static final List<String> OPAQUE_PATHS = List.of("name", "summary");
    static final int TRUNK = 4095;

    static NetworkFacts standard(Moref ref, XmlNode network) {
        return new NetworkFacts(ref, name(ref, network), ref.value(), "port group", null, null, false);
    }

    static NetworkFacts opaque(Moref ref, XmlNode network) {
        return new NetworkFacts(
                ref,
                name(ref, network),
                network.text("summary.opaqueNetworkId", ref.value()),
                "NSX network",
                null,
                null,
                false);
    }

    static NetworkFacts distributed(Moref ref, XmlNode group, @Nullable Integer mtu) {
        // Before 7.0 only a tag tells the uplinks' port groups.
        boolean uplink = group.isTrue("config.uplink")
                || group.all("tag").stream().anyMatch(t -> t.text("key", "").equals("SYSTEM/DVS.UPLINKPG"));
        return new NetworkFacts(
                ref,
                name(ref, group),
                group.text("key", ref.value()),
                "distributed port group",
                vlan(group.at("config.defaultPortConfig.vlan")),
                mtu,
                uplink);
    }

    private static @Nullable Integer vlan(@Nullable XmlNode spec) {
        if (spec == null) {
            return null;
        }
        if (spec.type().contains("Trunk")) {
            return TRUNK;
        }
        return spec.type().contains("Pvlan") ? spec.integer("pvlanId") : spec.integer("vlanId");
    }

    private static String name(Moref ref, XmlNode network) {
        return EntityName.plain(network.text("name", ref.value()));
    }
}
