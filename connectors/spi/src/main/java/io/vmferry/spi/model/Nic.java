package io.vmferry.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * A virtual network card.
 *
 * @param key names it within the VM
 * @param label for people: {@code Network adapter 1}
 * @param model in lower case: {@code vmxnet3}, {@code e1000e}, {@code virtio}
 * @param mac lower-case with colons; null when the source gives it at power-on only
 * @param connected plugged in when the VM starts
 * @param pciSlot slot number of the source, from which some guests name the interface; null unknown
 * @param guest what the guest agent reported; null when nothing is known
 */
public record Nic(
        String key,
        String label,
        String model,
        @Nullable String mac,
        Network network,
        boolean connected,
        @Nullable Integer pciSlot,
        @Nullable GuestInterface guest) {

    /**
     * The port group, distributed port group or vNIC profile it hangs on.
     *
     * @param id the source's id; null where only the name is known (OVF)
     * @param vlan 0 none, 4095 trunk; null unknown
     */
    public record Network(
            String name, @Nullable String id, @Nullable Integer vlan) {}
}
