package io.vmferry.spi.plan;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What will be done with one network card.
 *
 * @param key short and stable within the VM ({@code n0}); also the interface's and network's name
 * @param rule name of the network rule that matched; empty none, which blocks
 * @param driver {@link io.vmferry.spi.target.NetworkDriver#type}; empty while unmapped
 * @param settings the driver's own keys: {@code network}, {@code subnet}, {@code namespace}, {@code name}
 * @param binding {@code bridge} or {@code masquerade}
 * @param model {@code virtio}, {@code e1000e}, …
 * @param mac null: the target generates one
 * @param addresses those to be held for it; empty when the policy asks for none
 */
public record NicPlan(
        String key,
        Nic nic,
        String rule,
        String driver,
        Map<String, String> settings,
        String binding,
        String model,
        MacPolicy macPolicy,
        @Nullable String mac,
        IpPolicy ipPolicy,
        List<GuestInterface.Address> addresses,
        boolean connected) {
    public NicPlan {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        addresses = List.copyOf(addresses);
    }

    /** Whether the target's card gets the source's MAC address. */
    public enum MacPolicy {
        KEEP,
        GENERATE,
        /** Given per VM by an override. */
        SET
    }

    /** Where the address comes from. */
    public enum IpPolicy {
        /** The source's address is held for it. */
        KEEP,
        /** Given per VM by an override. */
        SET,
        /** The target's network picks one and keeps it. */
        POOL,
        /** A DHCP server on the network gives it, by MAC. */
        DHCP,
        /** The guest's own configuration; nobody manages it. */
        GUEST,
        /** Hidden behind the node's address. */
        MASQUERADE
    }
}
