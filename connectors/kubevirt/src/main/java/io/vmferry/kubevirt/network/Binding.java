package io.vmferry.kubevirt.network;

import io.vmferry.spi.plan.NicPlan;

/** How the guest's card is tied to the pod's network. */
public final class Binding {
    /** The guest is on the network itself, with the pod's address on the pod network. */
    public static final String BRIDGE = "bridge";

    /** The guest sits behind the pod's address. */
    public static final String MASQUERADE = "masquerade";

    private Binding() {}

    /** The binding that was planned, or what the driver does when the plan leaves it open. */
    public static String of(NicPlan nic) {
        if (!nic.binding().isBlank()) {
            return nic.binding();
        }
        return nic.driver().equals(PodNetwork.TYPE) ? MASQUERADE : BRIDGE;
    }
}
