package io.vmferry.rules.match;

import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a network card; all that are given must hold.
 *
 * @param network name of the port group or vNIC profile
 * @param vlan empty: any
 * @param nic position of the card in its VM, from 0; empty: any
 */
public record NetworkMatch(VmMatch vm, TextMatch network, Set<Integer> vlan, Set<Integer> nic) {
    public NetworkMatch {
        vlan = Set.copyOf(vlan);
        nic = Set.copyOf(nic);
    }

    public boolean matches(Vm owner, Nic card, int position) {
        @Nullable Integer vlanId = card.network().vlan();
        return network.matches(card.network().name())
                && (vlan.isEmpty() || (vlanId != null && vlan.contains(vlanId)))
                && (nic.isEmpty() || nic.contains(position))
                && vm.matches(owner);
    }
}
