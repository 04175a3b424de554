package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.GuestInterface.Address;
import io.vmferry.spi.model.GuestInterface.Origin;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What VMware Tools tell about the guest's interfaces. Tools name no interface, only the card it runs over; bridges and tunnels
 * have no card and are left out. Link-local addresses belong to no network plan and are left out as well.
 */
final class GuestNetworks {
    private final List<XmlNode> nets;
    private final List<XmlNode> stacks;
    private final boolean lastSeen;

    /** @param lastSeen the VM is not running, so this is how it was */
    GuestNetworks(XmlNode vm, boolean lastSeen) {
        this.nets = vm.each("guest.net");
        this.stacks = vm.each("guest.ipStack");
        this.lastSeen = lastSeen;
    }

    /** What is known of a card's interface; null when nothing is. */
    @Nullable
    GuestInterface of(int deviceKey, @Nullable String mac) {
        List<Address> addresses = new ArrayList<>();
        Set<String> gateways = new LinkedHashSet<>();
        Set<String> dns = new LinkedHashSet<>();
        Origin origin = Origin.UNKNOWN;
        boolean found = false;
        for (int i = 0; i < nets.size(); i++) {
            XmlNode net = nets.get(i);
            if (!belongs(net, deviceKey, mac)) {
                continue;
            }
            found = true;
            for (XmlNode ip : net.each("ipConfig.ipAddress")) {
                Address address = address(ip);
                if (address != null) {
                    addresses.add(address);
                    origin = stronger(origin, origin(ip));
                }
            }
            if (origin == Origin.UNKNOWN && net.isTrue("ipConfig.dhcp.ipv4.enable")) {
                origin = Origin.DHCP;
            }
            gateways.addAll(gateways(i));
            net.each("dnsConfig.ipAddress").forEach(server -> dns.add(server.text()));
        }
        if (!found) {
            return null;
        }
        if (dns.isEmpty()) {
            stacks.forEach(stack -> stack.each("dnsConfig.ipAddress").forEach(server -> dns.add(server.text())));
        }
        if (addresses.isEmpty() && gateways.isEmpty()) {
            return null;
        }
        return new GuestInterface(null, origin, addresses, List.copyOf(gateways), List.copyOf(dns), lastSeen);
    }

    private static boolean belongs(XmlNode net, int deviceKey, @Nullable String mac) {
        Integer config = net.integer("deviceConfigId");
        if (config != null && config >= 0) {
            return config == deviceKey;
        }
        // Old tools give every interface -1, and a bridge shares the MAC of its card.
        String own = net.text("macAddress", "").toLowerCase(Locale.ROOT);
        return mac != null && config == null && own.equals(mac);
    }

    private static @Nullable Address address(XmlNode ip) {
        String text = ip.text("ipAddress");
        Integer prefix = ip.integer("prefixLength");
        if (text == null || isLinkLocal(text)) {
            return null;
        }
        String plain = text.indexOf('%') < 0 ? text : text.substring(0, text.indexOf('%'));
        int longest = plain.indexOf(':') >= 0 ? 128 : 32;
        return prefix == null || prefix < 0 || prefix > longest
                ? new Address(plain, longest)
                : new Address(plain, prefix);
    }

    private static boolean isLinkLocal(String ip) {
        String lower = ip.toLowerCase(Locale.ROOT);
        return lower.startsWith("169.254.") || lower.matches("fe[89ab][0-9a-f]:.*");
    }

    private static Origin origin(XmlNode ip) {
        return switch (ip.text("origin", "")) {
            case "manual" -> Origin.STATIC;
            case "dhcp" -> Origin.DHCP;
            default -> Origin.UNKNOWN;
        };
    }

    /** One address set by hand makes the interface one that must be kept by hand. */
    private static Origin stronger(Origin a, Origin b) {
        if (a == Origin.STATIC || b == Origin.STATIC) {
            return Origin.STATIC;
        }
        return a == Origin.DHCP || b == Origin.DHCP ? Origin.DHCP : Origin.UNKNOWN;
    }

    /** Gateways of default routes over an interface, which routes name by its place in the list. */
    private List<String> gateways(int index) {
        List<String> gateways = new ArrayList<>();
        for (XmlNode stack : stacks) {
            for (XmlNode route : stack.each("ipRouteConfig.ipRoute")) {
                String network = route.text("network", "");
                Integer prefix = route.integer("prefixLength");
                String gateway = route.text("gateway.ipAddress");
                boolean defaultRoute =
                        (network.equals("0.0.0.0") || network.equals("::")) && (prefix == null || prefix == 0);
                String over = route.text("gateway.device");
                if (defaultRoute
                        && gateway != null
                        && (over == null ? nets.size() == 1 : over.equals(Integer.toString(index)))) {
                    gateways.add(gateway);
                }
            }
        }
        return gateways;
    }
}
