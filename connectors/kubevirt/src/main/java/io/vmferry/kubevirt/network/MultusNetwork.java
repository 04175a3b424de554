package io.vmferry.kubevirt.network;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.syntax.DnsLabel;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.NetworkDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A layer 2 network named by a NetworkAttachmentDefinition, settings {@code name} and {@code namespace} (the VM's own where it
 * is left out). The guest's MAC is on the wire and its own configuration stays valid, so nothing is to be reserved.
 */
public final class MultusNetwork implements NetworkDriver {
    public static final String TYPE = "multus";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public NicTarget plan(VmPlan vm, NicPlan nic) {
        String name = nic.settings().getOrDefault("name", "").strip();
        String namespace = nic.settings().getOrDefault("namespace", "").strip();
        String of = namespace.isEmpty() ? vm.target().namespace() : namespace;
        List<Finding> findings = new ArrayList<>();
        if (!DnsLabel.isSubdomain(name) || !DnsLabel.is(of)) {
            findings.add(TargetFinding.NETWORK_NAME_INVALID.on(
                    Addresses.subject(vm, nic),
                    "\"" + of + "/" + name + "\" cannot be the name of a NetworkAttachmentDefinition.",
                    "Give the network rule \"" + nic.rule() + "\" a name, and a namespace where it is not the VM's."));
        }
        if (Binding.of(nic).equals(Binding.MASQUERADE)) {
            findings.add(TargetFinding.BINDING_REFUSED.on(
                    Addresses.subject(vm, nic),
                    "KubeVirt allows masquerade on the pod network only.",
                    "Use binding: bridge in the network rule \"" + nic.rule() + "\"."));
        }
        return new NicTarget(Map.of("multus", Map.of("networkName", of + "/" + name)), Map.of(), List.of(), findings);
    }
}
