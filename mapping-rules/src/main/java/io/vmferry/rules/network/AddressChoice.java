package io.vmferry.rules.network;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of a guest's addresses is the one to keep: exactly one per IP version, after what cannot be meant was taken out.
 *
 * @param chosen empty when nothing is known
 * @param ambiguous those of an IP version with more than one
 */
record AddressChoice(List<GuestInterface.Address> chosen, List<GuestInterface.Address> ambiguous) {
    /** Interfaces that software in the guest makes; agents report them with the card they hang on. */
    private static final Pattern SOFTWARE_INTERFACE =
            Pattern.compile("(docker|br-|virbr|veth|cni|flannel|cali|kube|lxc|lxd|podman|tun|tap|vmnet|lo).*");

    /** What Docker and libvirt give their own bridges unless told otherwise. */
    private static final Set<String> SOFTWARE_ADDRESSES = Set.of("172.17.0.1", "192.168.122.1");

    /** @param families IP versions to keep */
    static AddressChoice of(Nic nic, Set<Integer> families) {
        GuestInterface guest = nic.guest();
        if (guest == null || isSoftware(guest.name())) {
            return new AddressChoice(List.of(), List.of());
        }
        Map<Integer, Map<String, GuestInterface.Address>> byVersion = new LinkedHashMap<>();
        for (GuestInterface.Address address : guest.addresses()) {
            IpAddress.parse(address.ip())
                    .filter(ip -> families.contains(ip.version()) && ip.isUsable())
                    .filter(ip -> !SOFTWARE_ADDRESSES.contains(ip.text()))
                    .filter(ip -> address.prefixLength() > 0 && address.prefixLength() <= ip.bits())
                    .ifPresent(ip -> byVersion
                            .computeIfAbsent(ip.version(), version -> new LinkedHashMap<>())
                            .putIfAbsent(ip.text(), new GuestInterface.Address(ip.text(), address.prefixLength())));
        }
        List<GuestInterface.Address> chosen = new ArrayList<>();
        List<GuestInterface.Address> ambiguous = new ArrayList<>();
        byVersion.values().forEach(candidates -> {
            if (candidates.size() == 1) {
                chosen.addAll(candidates.values());
            } else {
                ambiguous.addAll(candidates.values());
            }
        });
        return new AddressChoice(chosen, ambiguous);
    }

    private static boolean isSoftware(@Nullable String name) {
        return name != null && SOFTWARE_INTERFACE.matcher(name).matches();
    }
}
