package io.vmferry.spi.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface as the guest sees it. Decides whether the guest still configures its address on new hardware: a name
 * by PCI slot ({@code ens192}) changes with the slot.
 *
 * @param name interface name; null unknown
 * @param lastSeen true when the VM was off and these are the last known values
 */
public record GuestInterface(
        @Nullable String name,
        Origin origin,
        List<Address> addresses,
        List<String> gateways,
        List<String> dns,
        boolean lastSeen) {
    public GuestInterface {
        addresses = List.copyOf(addresses);
        gateways = List.copyOf(gateways);
        dns = List.copyOf(dns);
    }

    /** Where the guest gets its addresses from. */
    public enum Origin {
        STATIC,
        DHCP,
        UNKNOWN
    }

    /** @param ip textual IPv4 or IPv6 address */
    public record Address(String ip, int prefixLength) {}
}
