package io.vmferry.kubevirt.network;

import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import java.util.stream.Collectors;

/** The addresses that a plan wants for a card. */
final class Addresses {
    private Addresses() {}

    /** Whether a certain address was asked for. */
    static boolean wanted(NicPlan nic) {
        boolean fixed = nic.ipPolicy() == NicPlan.IpPolicy.KEEP || nic.ipPolicy() == NicPlan.IpPolicy.SET;
        return fixed && !nic.addresses().isEmpty();
    }

    static String text(NicPlan nic) {
        return nic.addresses().stream()
                .map(address -> address.ip() + "/" + address.prefixLength())
                .collect(Collectors.joining(", "));
    }

    static String subject(VmPlan vm, NicPlan nic) {
        return vm.vm().name() + " / " + nic.nic().label();
    }
}
