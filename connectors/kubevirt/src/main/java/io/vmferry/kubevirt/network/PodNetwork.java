package io.vmferry.kubevirt.network;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.NetworkDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cluster's pod network, whatever it is. Its addresses come and go with the pod. */
public final class PodNetwork implements NetworkDriver {
    public static final String TYPE = "pod";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public NicTarget plan(VmPlan vm, NicPlan nic) {
        List<Finding> findings = new ArrayList<>();
        if (Addresses.wanted(nic)) {
            findings.add(TargetFinding.ADDRESS_NOT_KEPT.on(
                    Addresses.subject(vm, nic),
                    "The pod network gives the card another address than " + Addresses.text(nic)
                            + ", and a new one at every start.",
                    "Map the network to hybridnet or multus, or set the card's IP policy to masquerade."));
        }
        return new NicTarget(Map.of("pod", Map.of()), Map.of(), List.of(), findings);
    }
}
